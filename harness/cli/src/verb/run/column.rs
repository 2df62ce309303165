//! The scenarios of a command on each of the kernels that it names.

use std::path::{Path, PathBuf};

use super::task::{Task, task};
use crate::args::Run;
use crate::exit::Exit;
use crate::given::GivenKernel;
use crate::library::Loaded;
use crate::place;

/// What is run on one kernel.
pub(super) struct Column {
    /// The command as if it named this kernel alone.
    pub(super) args: Run,
    pub(super) tasks: Vec<Task>,
    /// What tells the kernel from the others of the command; none where it is the only
    /// one.
    pub(super) label: Option<String>,
}

/// A column for each kernel that the command names, or else the one of the lab's own
/// kernel.
pub(super) fn each(args: &Run, loaded: &[Loaded]) -> Result<Vec<Column>, Exit> {
    let labels = labels(&args.place.kernel);
    let places = place::of_each_kernel(&args.place);
    let columns = places.into_iter().enumerate().map(|(index, place)| {
        let label = labels.get(index).filter(|_| labels.len() > 1).cloned();
        let out = match &label {
            Some(label) => args.out.join(label),
            None => args.out.clone(),
        };
        let args = Run {
            place,
            out,
            ..args.clone()
        };
        let tasks: Result<_, _> = loaded
            .iter()
            .map(|it| task(it, &args, label.is_some()))
            .collect();
        Ok(Column {
            tasks: tasks?,
            args,
            label,
        })
    });
    columns.collect()
}

/// A name for each kernel: as much of the end of its path as tells it from the others.
fn labels(kernels: &[GivenKernel]) -> Vec<String> {
    let kernels: Vec<PathBuf> = kernels.iter().map(|it| it.to_string().into()).collect();
    let longest = kernels.iter().map(|path| path.components().count()).max();
    let with_parts = |count: usize| -> Vec<String> {
        kernels.iter().map(|path| last_parts(path, count)).collect()
    };
    let are_distinct = |labels: &Vec<String>| {
        let mut sorted = labels.clone();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() == labels.len()
    };
    let counts = 1..=longest.unwrap_or(1);
    let found = counts.map(with_parts).find(are_distinct);
    // A kernel that is named twice is run twice.
    let number =
        |(index, path): (usize, &PathBuf)| format!("{}-{}", index + 1, last_parts(path, 1));
    found.unwrap_or_else(|| kernels.iter().enumerate().map(number).collect())
}

fn last_parts(path: &Path, count: usize) -> String {
    let parts: Vec<String> = path
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    // Where a distribution keeps the image among the modules, their folder has the name.
    let named = match parts.as_slice() {
        [folders @ .., _, image] if image == "vmlinuz" => &parts[..folders.len() + 1],
        all => all,
    };
    let from = named.len().saturating_sub(count);
    named[from..].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_are_told_apart_by_the_end_of_their_paths() {
        let paths = |of: &[&str]| {
            let given = of.iter().map(|it| it.parse());
            given
                .collect::<Result<Vec<GivenKernel>, _>>()
                .expect("they are good")
        };
        assert_eq!(
            labels(&paths(&["/boot/vmlinuz-6.1", "/trees/b/linux"])),
            ["vmlinuz-6.1", "linux"]
        );
        assert_eq!(
            labels(&paths(&["/boot/vmlinuz-6.1", "/lib/modules/7.2/vmlinuz"])),
            ["vmlinuz-6.1", "7.2"]
        );
        assert_eq!(
            labels(&paths(&["/trees/a/linux", "/trees/b/linux"])),
            ["a-linux", "b-linux"]
        );
        assert_eq!(
            labels(&paths(&["/trees/a/linux", "/trees/a/linux"])),
            ["1-linux", "2-linux"]
        );
        assert_eq!(labels(&paths(&["vm", "uml"])), ["vm", "uml"]);
        assert!(labels(&[]).is_empty());
    }
}
