//! Profiles: timers of an implementation or a vendor, by a name. Each is a file of the
//! folder `profiles`, with the source that its values are from.

mod form;

use std::sync::LazyLock;

pub(crate) use form::ProfileName;

use crate::model::Timers;

/// Timers that have a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The word in a scenario.
    pub name: &'static str,
    /// Whose they are.
    pub title: String,
    /// Where that is written.
    pub source: String,
    /// What else there is to know.
    pub note: Option<String>,
    /// What it sets; the rest is the kernel's.
    pub timers: Timers,
}

impl Profile {
    /// The profile of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        profiles().iter().find(|it| it.name == name)
    }
}

/// All of them, what is standard first.
#[must_use]
pub fn profiles() -> &'static [Profile] {
    static ALL: LazyLock<Vec<Profile>> = LazyLock::new(|| {
        // That each is good is tested.
        let all = FILES.iter();
        all.filter_map(|(name, text)| form::read(name, text).ok())
            .collect()
    });
    &ALL
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../profiles/", $name, ".yaml"))),)*]
    };
}

/// Each profile's name and text.
const FILES: &[(&str, &str)] = files![
    "rfc9260",
    "linux",
    "open5gs",
    "audiocodes-mediant",
    "ericsson-media-gateway",
    "fast-base-station",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn each_is_good_and_sets_something() {
        for (name, text) in FILES {
            let profile = form::read(name, text);
            let profile = profile.unwrap_or_else(|mistakes| panic!("{name}: {mistakes:?}"));
            assert_ne!(profile.timers, Timers::default(), "{name}");
        }
        assert_eq!(profiles().len(), FILES.len());
    }

    #[test]
    fn none_of_the_folder_is_left_out() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles");
        let files = std::fs::read_dir(folder).unwrap();
        let files: BTreeSet<String> = files
            .map(|file| file.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let known = FILES.iter().map(|(name, _)| (*name).to_owned());
        assert_eq!(files, known.collect());
    }

    #[test]
    fn what_is_wrong_with_one_is_said() {
        let wrong = form::read("x", "title: x\nsource: y\ntimers: {rto: {min: soon}}\n");
        assert_eq!(wrong.unwrap_err().len(), 1);
        let nested = form::read("x", "title: x\nsource: y\ntimers: {profile: linux}\n");
        assert!(nested.is_err());
    }
}
