//! Runs a command, and compares what it prints.

use std::path::Path;
use std::process::{Command, Stdio};

/// What the command said, and how it ended.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) exit: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    pub(crate) fn of(command: &mut Command) -> Result<Self, String> {
        Self::to(command, Stdio::null())
    }

    /// Runs the command with this standard input.
    pub(crate) fn to(command: &mut Command, input: Stdio) -> Result<Self, String> {
        let output = command
            .stdin(input)
            .output()
            .map_err(|error| format!("{command:?}: {error}"))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Self {
            exit: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        })
    }

    /// Fails unless the command ended with this exit code.
    pub(crate) fn exits(self, code: i32) -> Result<Self, String> {
        if self.exit == Some(code) {
            Ok(self)
        } else {
            Err(format!("exit code {code} was expected: {self:#?}"))
        }
    }
}

/// Compares a text with its snapshot beside the tests.
pub(crate) fn assert_text(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/cli"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
