//! Labels of the kernels on a command line, and the kernel that a label or a version means.

use std::path::{Path, PathBuf};

use super::given::GivenKernel;

/// A label for each kernel: as much of the end of its path as distinguishes it.
pub(crate) fn labels(kernels: &[GivenKernel]) -> Vec<String> {
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
    // In a distribution's folder of modules, the folder is named after the kernel, and the
    // image is not.
    let named = match parts.as_slice() {
        [folders @ .., _, image] if image == "vmlinuz" => &parts[..folders.len() + 1],
        all => all,
    };
    let from = named.len().saturating_sub(count);
    named[from..].join("-")
}

/// The kernel that a label, a path, or the beginning of a version means: `6.1` means
/// `vmlinuz-6.1.0-13-amd64`, and not `vmlinuz-6.12.1`. `None` if no kernel matches.
///
/// # Errors
///
/// All matching kernels, if there are several.
#[cfg(any(target_os = "linux", test))]
pub(crate) fn named(kernels: &[GivenKernel], given: &str) -> Result<Option<usize>, Vec<String>> {
    let labels = labels(kernels);
    let is_exact = |index: &usize| labels[*index] == given || kernels[*index].to_string() == given;
    if let Some(index) = (0..kernels.len()).find(is_exact) {
        return Ok(Some(index));
    }
    let begins = |label: &String| {
        let from = label.find(|letter: char| letter.is_ascii_digit());
        from.is_some_and(|from| scenario::is_named(&label[from..], given))
    };
    let meant: Vec<usize> = (0..labels.len())
        .filter(|index| begins(&labels[*index]))
        .collect();
    match meant.as_slice() {
        [] => Ok(None),
        [index] => Ok(Some(*index)),
        several => Err(several.iter().map(|it| labels[*it].clone()).collect()),
    }
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

    #[test]
    fn a_kernel_is_meant_by_the_beginning_of_its_version() {
        let kernels = [
            "/s/vmlinuz-6.1.0-50-cloud",
            "/s/vmlinuz-6.12.95",
            "/s/vmlinuz-6.12.107",
            "uml",
        ]
        .map(|it| it.parse::<GivenKernel>().expect("it is good"));
        let named = |given: &str| named(&kernels, given);
        assert_eq!(named("6.1"), Ok(Some(0)));
        assert_eq!(named("6.12.95"), Ok(Some(1)));
        assert_eq!(named("/s/vmlinuz-6.12.107"), Ok(Some(2)));
        assert_eq!(named("uml"), Ok(Some(3)));
        assert_eq!(named("6"), Err(labels(&kernels[..3])));
        assert_eq!(named("5.10"), Ok(None));
        assert_eq!(named(""), Ok(None));
    }
}
