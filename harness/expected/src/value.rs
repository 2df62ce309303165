//! Typed values of a file of expected differences.

use document::read::{Word, Wrong};
use document::yaml::shortened;

use crate::{Part, Version};

/// The first version of a series with a difference.
pub(crate) struct From(pub(crate) Version);

impl Word for From {
    const EXPECTED: &'static str = "a version such as `6.4` or `6.12.96`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        Version::of(text).map(Self).ok_or_else(|| {
            Wrong::new(
                format!("`{}` is no version", shortened(text)),
                "a version is two numbers or three, as in `6.4` and `6.12.96`",
            )
        })
    }
}

document::inline_schema!(From, "version", {"type": ["string", "number"]});

/// An engine.
pub(crate) struct EngineName(pub(crate) String);

impl Word for EngineName {
    const EXPECTED: &'static str = "an engine such as `uml`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        match text {
            "uml" | "vm" => Ok(Self(text.to_owned())),
            _ => Err(Wrong::new(
                format!("`{}` is no engine of several kernels", shortened(text)),
                "there are `uml` and `vm`",
            )),
        }
    }
}

document::inline_schema!(EngineName, "engine", {"enum": ["uml", "vm"]});

/// The sections of a comparison, by the beginnings of their names.
const SECTIONS: [&str; 7] = [
    "flow",
    "notifications",
    "messages",
    "calls",
    "states",
    "timers",
    "verdict",
];

/// A part of a comparison.
pub(crate) struct Differs(pub(crate) Part);

impl Word for Differs {
    const EXPECTED: &'static str = "a part of a comparison such as `flow: COOKIE ACK`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let (section, words) = text.split_once(':').unwrap_or((text, ""));
        match SECTIONS.contains(&section) {
            true => Ok(Self(Part {
                section: section.to_owned(),
                words: words.trim().to_owned(),
            })),
            false => Err(Wrong::new(
                format!("`{}` is no part of a comparison", shortened(text)),
                "write `verdict`, `verdict: NAME`, or a section of `sctp-lab diff` and words of \
                 what differs there: `flow`, `notifications`, `messages`, `calls`, `states` or \
                 `timers`, as in `flow: COOKIE ACK`",
            )),
        }
    }
}

document::inline_schema!(Differs, "differs", {
    "type": "string",
    "pattern": "^(flow|notifications|messages|calls|states|timers|verdict)(:|$)",
});
