//! The user of a target.

use document::read::{Word, Wrong};
use document::yaml::shortened;

/// The name of a user at the far end.
pub(crate) struct User(pub(crate) String);

impl Word for User {
    const EXPECTED: &'static str = "a user such as `trace`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let is_good = text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._+-".contains(c));
        match is_good && !text.starts_with('-') {
            true => Ok(Self(text.to_owned())),
            false => Err(Wrong::new(
                format!("`{}` is not a user", shortened(text)),
                "a user has letters, digits and `._+-`, and does not begin with a dash",
            )),
        }
    }
}

document::inline_schema!(User, "user", {
    "type": "string",
    "pattern": "^[A-Za-z0-9._+][A-Za-z0-9._+-]*$",
    "examples": ["trace"],
});
