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

/// The RFC with all sections in the list.
const WHOLE: u16 = 9260;

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

    /// Title of the section, if the lab's scenarios cite it or it belongs to RFC 9260.
    #[must_use]
    pub fn title(&self) -> Option<&'static str> {
        let section = self.section.as_deref()?;
        let number = self.rfc.to_string();
        SECTIONS.lines().find_map(|line| {
            let rest = line.strip_prefix(number.as_str())?.strip_prefix(' ')?;
            rest.strip_prefix(section)?.strip_prefix(' ')
        })
    }

    /// Whether the section certainly does not exist.
    pub(crate) fn is_missing(&self) -> bool {
        self.rfc == WHOLE && self.section.is_some() && self.title().is_none()
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
    }

    #[test]
    fn a_section_that_is_not_there_is_missing_where_all_are_known() {
        assert!(section(9260, "8.6").is_missing());
        assert!(!section(9260, "8").is_missing());
        assert!(!section(4960, "8.6").is_missing());
    }
}
