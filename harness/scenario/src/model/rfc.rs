//! Sections of RFCs, with their titles and web addresses.

use std::fmt;

/// A section of an RFC, written `9260#8.3` in a scenario.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RfcSection {
    /// The RFC's number.
    pub rfc: u16,
    /// The section; `None` is the whole RFC.
    pub section: Option<String>,
}

/// One section per line: the RFC's number, the section's number, its title.
const SECTIONS: &str = include_str!("sections.txt");

/// The RFCs with all sections in the list.
const WHOLE: [u16; 18] = [
    1122, 2474, 3168, 3758, 4443, 4820, 4895, 4960, 5061, 6458, 6525, 6951, 7053, 7496, 7829, 8260,
    8899, 9260,
];

impl RfcSection {
    /// Address of the section's text.
    #[must_use]
    pub fn url(&self) -> String {
        let page = format!("https://www.rfc-editor.org/rfc/rfc{}", self.rfc);
        match &self.section {
            None => page,
            Some(section) if section.starts_with(|it: char| it.is_ascii_digit()) => {
                format!("{page}#section-{section}")
            }
            Some(appendix) => format!("{page}#appendix-{appendix}"),
        }
    }

    /// Title of the section, as it stands in the RFC. `None` for a section that the list
    /// lacks.
    #[must_use]
    pub fn title(&self) -> Option<&'static str> {
        let section = self.section.as_deref()?;
        let number = self.rfc.to_string();
        SECTIONS.lines().find_map(|line| {
            let rest = line.strip_prefix(number.as_str())?.strip_prefix(' ')?;
            rest.strip_prefix(section)?.strip_prefix(' ')
        })
    }

    /// Whether the section certainly does not exist: the list has all sections of its RFC,
    /// and not this one.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        WHOLE.contains(&self.rfc) && self.section.is_some() && self.title().is_none()
    }
}

impl fmt::Display for RfcSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.section {
            Some(section) => write!(f, "RFC {} section {section}", self.rfc),
            None => write!(f, "RFC {}", self.rfc),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(rfc: u16, section: &str) -> RfcSection {
        RfcSection {
            rfc,
            section: Some(section.to_owned()),
        }
    }

    #[test]
    fn a_section_has_the_title_that_stands_in_its_rfc() {
        assert_eq!(section(9260, "8.3").title(), Some("Path Heartbeat"));
        assert_eq!(
            section(9260, "A").title(),
            Some("CRC32c Checksum Calculation")
        );
        assert_eq!(section(6458, "9.12").title(), Some("sctp_sendv()"));
        assert_eq!(section(6458, "4.1.9").title(), Some("getpeername()"));
        assert_eq!(section(7829, "5").title(), Some("Primary Path Switchover"));
    }

    #[test]
    fn every_section_stands_once_and_in_order() {
        let place = |line: &str| -> (u16, Vec<(bool, u32)>) {
            let mut words = line.splitn(3, ' ');
            let rfc = words.next().and_then(|it| it.parse().ok()).expect("an RFC");
            let section = words.next().expect("a section").split('.');
            assert!(
                words.next().is_some_and(|title| !title.is_empty()),
                "{line}"
            );
            // Appendices come behind the sections.
            let part = |it: &str| {
                let letter = it.chars().next().map_or(0, u32::from);
                it.parse().map_or((true, letter), |number| (false, number))
            };
            (rfc, section.map(part).collect())
        };
        let lines = SECTIONS.lines().filter(|line| !line.starts_with('#'));
        let places: Vec<_> = lines.map(place).collect();
        for pair in places.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
        for rfc in WHOLE {
            assert!(places.iter().any(|it| it.0 == rfc), "{rfc} has no section");
        }
    }

    #[test]
    fn a_section_that_is_not_there_is_missing_where_all_are_known() {
        assert!(section(9260, "8.6").is_missing());
        assert!(!section(9260, "8").is_missing());
        assert!(section(4960, "8.6").is_missing());
        assert!(section(6458, "4.1.10").is_missing());
        assert!(section(1122, "8.6").is_missing());
        assert!(!section(3704, "8.6").is_missing());
    }
}
