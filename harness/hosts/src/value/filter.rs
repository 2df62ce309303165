//! The filter of a target.

use document::read::{Word, Wrong};

/// A capture filter on one line. Only the far end's tcpdump can tell whether the filter is
/// valid.
pub(crate) struct Filter(pub(crate) String);

impl Word for Filter {
    const EXPECTED: &'static str = "a filter such as `sctp port 38412`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() || words.iter().any(|word| word.contains(char::is_control)) {
            return Err(Wrong::new(
                "this is not a filter",
                "leave it out for `sctp or udp port 9899`; `greater 0` is everything",
            ));
        }
        Ok(Self(words.join(" ")))
    }
}

document::inline_schema!(Filter, "filter", {
    "type": "string",
    "pattern": "\\S",
    "examples": ["sctp or udp port 9899", "sctp port 38412"],
});
