//! The interface of a target.

use document::read::{Word, Wrong};
use document::yaml::shortened;

/// The name of an interface at the far end.
pub(crate) struct InterfaceName(pub(crate) String);

impl Word for InterfaceName {
    const EXPECTED: &'static str = "an interface such as `eth0`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let is_wrong = |c: char| c.is_whitespace() || c.is_control();
        if text.starts_with('-') || text.contains(is_wrong) || text.len() > 64 {
            return Err(Wrong::new(
                format!("`{}` is not an interface", shortened(text)),
                "write one name, such as `eth0`; `any` is all of them on Linux",
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

document::inline_schema!(InterfaceName, "interface", {
    "type": "string",
    "pattern": "^[^-\\s]\\S{0,63}$",
    "examples": ["any", "eth0"],
});
