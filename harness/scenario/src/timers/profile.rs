//! Profiles: named sets of timers, of a standard, an implementation or a vendor. Each is a
//! file in the folder `profiles`, which names the source of its values.

use std::sync::LazyLock;

use super::profile_file;
use crate::model::Timers;

/// A named set of timers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Name of the profile in a scenario.
    pub name: &'static str,
    /// The standard, implementation or vendor with these timers, in words.
    pub title: String,
    /// The document or file with these values.
    pub source: String,
    /// Further remarks.
    pub note: Option<String>,
    /// The timers that it sets; others keep the kernel's values.
    pub timers: Timers,
}

impl Profile {
    /// The profile of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        profiles().iter().find(|it| it.name == name)
    }
}

/// All profiles, that of the standard first.
#[must_use]
pub fn profiles() -> &'static [Profile] {
    static ALL: LazyLock<Vec<Profile>> = LazyLock::new(|| {
        // A test reads each file, so that none is left out here.
        let all = FILES.iter();
        all.filter_map(|(name, text)| profile_file::read(name, text).ok())
            .collect()
    });
    &ALL
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../profiles/", $name, ".yaml"))),)*]
    };
}

/// Name and text of each profile.
pub(super) const FILES: &[(&str, &str)] = files![
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
            let profile = profile_file::read(name, text);
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
        let wrong = profile_file::read("x", "title: x\nsource: y\ntimers: {rto: {min: soon}}\n");
        assert_eq!(wrong.unwrap_err().len(), 1);
        let nested = profile_file::read("x", "title: x\nsource: y\ntimers: {profile: linux}\n");
        assert!(nested.is_err());
    }
}
