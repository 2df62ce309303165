//! Filters for lines.

use crate::entry::Entry;

/// The conditions of a filter, all of which a line must meet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter(Vec<Condition>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    Association(usize),
    Chunk(String),
    Path(String),
    Text(String),
}

/// The syntax of filters, for the message about a wrong one.
pub(crate) const FORM: &str = "words, assoc:2, chunk:DATA, path:path-1";

impl Filter {
    /// Parses a filter such as `assoc:2 chunk:DATA hello`. An empty filter accepts every
    /// line.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let conditions = text.split_whitespace().map(|word| {
            let (key, value) = word.split_once(':').unwrap_or(("", word));
            match (key, value) {
                ("assoc" | "chunk" | "path", "") => {
                    Err(format!("{key}: needs a value; a filter is of {FORM}"))
                }
                ("assoc", value) => {
                    let number = value.trim_start_matches('#').parse();
                    number.map(Condition::Association).map_err(|_| {
                        format!("assoc: takes a number, and not '{value}': as in assoc:2")
                    })
                }
                ("chunk", value) => Ok(Condition::Chunk(plain(value))),
                ("path", value) => Ok(Condition::Path(value.to_lowercase())),
                _ => Ok(Condition::Text(word.to_lowercase())),
            }
        });
        conditions.collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the filter accepts a line. `path` is the name of the line's path.
    pub(crate) fn lets_through(&self, line: &Entry, path: &str) -> bool {
        self.0.iter().all(|it| match it {
            // Labels leave out number 1, and number 0 of an association whose beginning was
            // not captured.
            Condition::Association(number) => line.association == *number,
            Condition::Chunk(name) => line.chunks.iter().any(|it| plain(it) == *name),
            Condition::Path(name) => path.to_lowercase() == *name,
            Condition::Text(text) => {
                let fault = line.fault.as_deref().unwrap_or_default();
                [line.label.as_str(), fault, path]
                    .iter()
                    .any(|it| it.to_lowercase().contains(text))
            }
        })
    }
}

/// The name of a chunk in a common form: of `INIT ACK`, `init-ack`, `INIT_ACK`.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|it| it.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lets(filter: &str, line: &Entry) -> bool {
        Filter::parse(filter).unwrap().lets_through(line, "path-1")
    }

    #[test]
    fn all_conditions_must_be_met() {
        let line = Entry {
            association: 2,
            chunks: vec!["INIT ACK".to_owned()],
            label: "INIT ACK streams 10/10".to_owned(),
            ..Entry::default()
        };
        for filter in [
            "",
            "assoc:2",
            "assoc:#2",
            "chunk:init-ack",
            "chunk:INIT_ACK",
            "path:PATH-1",
            "Streams 10/10",
            "assoc:2 chunk:initack path:path-1 ack",
        ] {
            assert!(lets(filter, &line), "{filter}");
        }
        for filter in ["assoc:1", "chunk:INIT", "path:path", "assoc:2 nothing"] {
            assert!(!lets(filter, &line), "{filter}");
        }
    }

    #[test]
    fn a_wrong_filter_is_told() {
        let error = Filter::parse("assoc:two").unwrap_err();
        assert!(
            error.contains("'two'") && error.contains("assoc:2"),
            "{error}"
        );
        assert!(Filter::parse("chunk:").unwrap_err().contains(FORM));
        assert!(Filter::parse("fe80::1").is_ok(), "an address is a word");
    }
}
