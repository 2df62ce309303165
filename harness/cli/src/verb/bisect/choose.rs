//! Chooses the kernels of a bisection.

use crate::args::{Bisect, Site};
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::given::GivenKernel;
use crate::kernels;
use crate::site;

/// The kernels from the good one to the bad one, in order.
pub(super) struct Candidates {
    pub(super) kernels: Vec<Candidate>,
    /// Whether the good kernel is the later one: the bisection then finds the fix.
    pub(super) is_backwards: bool,
}

/// A kernel and its label.
pub(super) struct Candidate {
    pub(super) label: String,
    /// The place of the runs, with this kernel alone.
    pub(super) site: Site,
}

pub(super) fn candidates(args: &Bisect, progress: &Progress) -> Result<Candidates, Exit> {
    let mut site = args.site.clone();
    if site.kernel.is_empty() {
        site.kernel = vec![GivenKernel::OfDebian];
    }
    site::with_debian(&mut site, progress)?;
    between(site, &args.good, &args.bad).map_err(|(words, remedy)| {
        console::error_with_remedy(&words, Some(&remedy));
        Exit::Wrong
    })
}

/// A mistake and its remedy.
type Wrong = (String, String);

fn between(mut site: Site, good: &str, bad: &str) -> Result<Candidates, Wrong> {
    let wrong = |words: &str, remedy: &str| (words.to_owned(), remedy.to_owned());
    // A kernel that is not in the list is added: the good one at the beginning, the bad one
    // at the end.
    if let Some(kernel) = another(&site.kernel, good)? {
        site.kernel.insert(0, kernel);
    }
    if let Some(kernel) = another(&site.kernel, bad)? {
        site.kernel.push(kernel);
    }
    let place_of = |given: &str| kernels::named(&site.kernel, given).ok().flatten();
    let (Some(good), Some(bad)) = (place_of(good), place_of(bad)) else {
        return Err(wrong(
            "the good or the bad kernel is not in the list",
            "sctp-lab kernel list",
        ));
    };
    if good == bad {
        return Err(wrong(
            "--good and --bad are the same kernel",
            "name two: there is nothing between them to be searched",
        ));
    }
    let labels = kernels::labels(&site.kernel);
    let all = labels.into_iter().zip(site::of_each_kernel(&site));
    let mut kernels: Vec<Candidate> = all.map(|(label, site)| Candidate { label, site }).collect();
    let is_backwards = good > bad;
    kernels.truncate(good.max(bad) + 1);
    kernels.drain(..good.min(bad));
    if is_backwards {
        kernels.reverse();
    }
    Ok(Candidates {
        kernels,
        is_backwards,
    })
}

/// The named kernel, unless it is in the list.
fn another(kernels: &[GivenKernel], given: &str) -> Result<Option<GivenKernel>, Wrong> {
    let labels = || kernels::labels(kernels).join(", ");
    match kernels::named(kernels, given) {
        Ok(Some(_)) => return Ok(None),
        Ok(None) => {}
        Err(several) => {
            return Err((
                format!("`{given}` is the beginning of several kernels"),
                format!("name one of {}", several.join(", ")),
            ));
        }
    }
    match given.parse() {
        Ok(kernel @ (GivenKernel::OfVm | GivenKernel::OfUml)) => Ok(Some(kernel)),
        Ok(GivenKernel::At(path)) if path.is_file() => Ok(Some(GivenKernel::At(path))),
        _ => Err((
            format!(
                "`{given}` names no kernel: no kernel in the list has this version, and there is no such \
                 file"
            ),
            format!(
                "there are {}; `sctp-lab kernel fetch` gets more, --kernel PATH names others",
                labels()
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::EngineChoice;

    fn site(kernels: &[&str]) -> Site {
        Site {
            engine: EngineChoice::Auto,
            machine: None,
            kernel: kernels.iter().map(|it| it.parse().unwrap()).collect(),
            modules: None,
            set: Vec::new(),
            program: Vec::new(),
            lab: Vec::new(),
            seed: None,
            wall_limit: None,
        }
    }

    const STOCK: [&str; 4] = [
        "/s/vmlinuz-6.1.0-50",
        "/s/vmlinuz-6.12.95",
        "/s/vmlinuz-6.12.107",
        "/s/vmlinuz-7.2.11",
    ];

    fn labels(good: &str, bad: &str) -> Result<(Vec<String>, bool), Wrong> {
        let found = between(site(&STOCK), good, bad)?;
        let labels = found.kernels.into_iter().map(|it| it.label).collect();
        Ok((labels, found.is_backwards))
    }

    #[test]
    fn what_is_between_goes_from_the_good_one_to_the_bad_one() {
        let (forwards, is_backwards) = labels("6.1", "6.12.107").unwrap();
        assert!(!is_backwards);
        assert_eq!(
            forwards,
            ["vmlinuz-6.1.0-50", "vmlinuz-6.12.95", "vmlinuz-6.12.107"]
        );
        let (backwards, is_backwards) = labels("7.2", "6.12.107").unwrap();
        assert!(is_backwards);
        assert_eq!(backwards, ["vmlinuz-7.2.11", "vmlinuz-6.12.107"]);
        let (with_another, _) = labels("6.12.107", "uml").unwrap();
        assert_eq!(with_another, ["vmlinuz-6.12.107", "vmlinuz-7.2.11", "uml"]);
    }

    #[test]
    fn a_kernel_that_nobody_knows_or_several_may_be_is_refused() {
        let words = |good, bad| labels(good, bad).unwrap_err();
        let (said, remedy) = words("6.12", "7.2");
        assert_eq!(said, "`6.12` is the beginning of several kernels");
        assert_eq!(remedy, "name one of vmlinuz-6.12.95, vmlinuz-6.12.107");
        let (said, remedy) = words("6.1", "8.0");
        assert!(said.starts_with("`8.0` names no kernel"), "{said}");
        assert!(remedy.contains("vmlinuz-7.2.11; `sctp-lab kernel fetch`"));
        assert_eq!(
            words("6.1", "6.1.0").0,
            "--good and --bad are the same kernel"
        );
    }
}
