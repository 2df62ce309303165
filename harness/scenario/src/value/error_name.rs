//! Names of errors, such as `EPIPE`.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::read::{Word, Wrong, word_schema};
use crate::yaml::shortened;

/// An error of a system call, by its name in the manual.
pub(crate) struct ErrorName(pub(crate) String);

impl Word for ErrorName {
    const EXPECTED: &'static str = "the name of an error";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let good = text.len() > 1
            && text.starts_with('E')
            && text
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if good {
            return Ok(Self(text.to_owned()));
        }
        Err(Wrong::new(
            format!("`{}` is not the name of an error", shortened(text)),
            "write it as the manual does, such as `EPIPE` or `ECONNREFUSED`",
        ))
    }
}

impl JsonSchema for ErrorName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "error-name".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "An error of a system call, by its name.",
            "^E[A-Z0-9]+$",
            None,
            &["EPIPE", "ECONNREFUSED"],
        )
    }
}
