//! Versions of kernels.

/// A version: `6.12.95`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The series, `6.12`: new features come with a new series.
    pub series: (u32, u32),
    /// The patch level, `95`: fixes come to existing series.
    pub patch: u32,
}

impl Version {
    /// The version in a text such as `6.4` or `6.12.96`; `None` for any other text.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| match part {
            "" => None,
            digits if digits.bytes().all(|it| it.is_ascii_digit()) => digits.parse().ok(),
            _ => None,
        });
        let series = (parts.next()??, parts.next()??);
        let patch = parts.next().unwrap_or(Some(0))?;
        match parts.next() {
            None => Some(Self { series, patch }),
            Some(_) => None,
        }
    }

    /// The version in a kernel's own name: `Linux 6.12.95+deb12-cloud-amd64`, `Linux
    /// 7.3.0-rc2`.
    #[must_use]
    pub fn of_kernel(name: &str) -> Option<Self> {
        let (_, release) = name.split_once(' ')?;
        let end = release.find(|it: char| !it.is_ascii_digit() && it != '.');
        let digits = &release[..end.unwrap_or(release.len())];
        Self::of(digits.trim_end_matches('.'))
    }

    /// Whether this version has a change that came with `versions`: it belongs to one of
    /// their series and is not older, or to a later series than all of them.
    #[must_use]
    pub fn has_what_came_with(self, versions: &[Self]) -> bool {
        let of_series = versions.iter().find(|it| it.series == self.series);
        match of_series {
            Some(version) => self >= *version,
            None => versions.iter().all(|it| self.series > it.series),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::of(text).expect("it is one")
    }

    #[test]
    fn a_version_has_two_or_three_numbers() {
        assert_eq!(version("6.4").series, (6, 4));
        assert_eq!(version("6.12.96").patch, 96);
        for wrong in [
            "",
            "6",
            "6.",
            ".4",
            "6.4.1.1",
            "6.x",
            "+6.4",
            "6.4-rc1",
            "6.99999999999",
        ] {
            assert_eq!(Version::of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_kernel_says_its_version_in_front() {
        let of = Version::of_kernel;
        assert_eq!(
            of("Linux 6.12.95+deb12-cloud-amd64"),
            Some(version("6.12.95"))
        );
        assert_eq!(of("Linux 6.1.0-56-cloud-amd64"), Some(version("6.1")));
        assert_eq!(of("Linux 7.3.0-rc2"), Some(version("7.3")));
        assert_eq!(of("FreeBSD 14.3-RELEASE"), Some(version("14.3")));
        assert_eq!(of("Linux"), None);
        assert_eq!(of("Linux é"), None);
    }

    #[test]
    fn what_was_mended_in_a_series_is_not_in_the_older_one_beside_it() {
        let mended = [version("6.12.96"), version("7.1")];
        let has = |text: &str| version(text).has_what_came_with(&mended);
        for with in ["6.12.96", "6.12.107", "7.1", "7.1.3", "7.2.11"] {
            assert!(has(with), "{with}");
        }
        for without in ["5.10.200", "6.12.95", "6.18.40", "7.0.9"] {
            assert!(!has(without), "{without}");
        }
    }
}
