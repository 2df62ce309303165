//! Names of programs.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::read::{Word, Wrong, word_schema};
use crate::yaml::shortened;

/// The name of a program, never a path: the command line names the program's file.
pub(crate) struct ProgramWord(pub(crate) String);

impl Word for ProgramWord {
    const EXPECTED: &'static str = "the name of a program";

    fn parse(text: &str) -> Result<Self, Wrong> {
        if let Some((_, last)) = text.rsplit_once('/') {
            let name = if last.is_empty() { "NAME" } else { last };
            return Err(Wrong::new(
                format!(
                    "`{}` is a path, and a scenario names no files",
                    shortened(text)
                ),
                format!(
                    "write `program: {name}`, and say which file it is on the command line: \
                     `--program {name}=PATH`"
                ),
            ));
        }
        let is_good = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
        let begins_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        if begins_well && text.len() <= MOST && text.chars().all(is_good) {
            return Ok(Self(text.to_owned()));
        }
        Err(Wrong::new(
            format!("`{}` is not the name of a program", shortened(text)),
            "it has letters, digits, `.`, `_`, `+` and `-`, such as `iperf3`",
        ))
    }
}

const MOST: usize = 64;

impl JsonSchema for ProgramWord {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "program".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "The name of a program; `--program NAME=PATH` says which file it is.",
            "^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$",
            None,
            &["iperf3", "my-server"],
        )
    }
}
