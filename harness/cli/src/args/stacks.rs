//! Options for stacks that are programs.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use engine::StackFile;

/// Stacks under test.
#[derive(Args, Clone, Default)]
pub(crate) struct Stacks {
    /// A program with an SCTP stack that replaces the kernel's, by a name for it (see
    /// `docs/stacks.md`): `mine=./my-stack`. `kernel` is the kernel's own. With several
    /// stacks, each is a column.
    #[arg(long, value_name = "NAME=PATH")]
    stack: Vec<GivenStack>,
    /// Use that stack only at this endpoint of the scenario; may be given several times.
    /// By default, all sockets use it.
    #[arg(long, value_name = "ENDPOINT", requires = "stack")]
    pub(crate) stack_at: Vec<String>,
}

/// One stack.
#[derive(Clone, Debug, PartialEq, Eq)]
enum GivenStack {
    Kernel,
    Program { name: String, path: PathBuf },
}

impl FromStr for GivenStack {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None if text == "kernel" => Ok(Self::Kernel),
            Some((name, path)) if is_name(name) && !path.is_empty() => Ok(Self::Program {
                name: name.to_owned(),
                path: path.into(),
            }),
            _ => Err(format!(
                "`{text}` names no stack: expected a name and a program, such as \
                 usrsctp=./usrsctp-stack, or `kernel`"
            )),
        }
    }
}

/// Whether a text can name a stack. The name is also the name of a folder.
fn is_name(text: &str) -> bool {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    !text.is_empty() && !text.starts_with('.') && text.chars().all(is_plain)
}

impl Stacks {
    /// Each stack by itself; one value without a stack if none is named.
    pub(crate) fn each(&self) -> Vec<Self> {
        if self.stack.is_empty() {
            return vec![self.clone()];
        }
        let alone = |stack: &GivenStack| Self {
            stack: vec![stack.clone()],
            stack_at: self.stack_at.clone(),
        };
        self.stack.iter().map(alone).collect()
    }

    /// The label of the first stack.
    pub(crate) fn label(&self) -> Option<String> {
        Some(match self.stack.first()? {
            GivenStack::Kernel => "kernel".to_owned(),
            GivenStack::Program { name, .. } => name.clone(),
        })
    }

    /// The program of the first stack, if the stack is one.
    pub(crate) fn file(&self) -> Option<StackFile> {
        match self.stack.first()? {
            GivenStack::Kernel => None,
            GivenStack::Program { name, path } => Some(StackFile {
                name: name.clone(),
                path: std::path::absolute(path).unwrap_or_else(|_| path.clone()),
                at: self.stack_at.clone(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_is_the_kernels_or_a_named_program() {
        let given = |text: &str| text.parse::<GivenStack>();
        assert_eq!(given("kernel"), Ok(GivenStack::Kernel));
        let program = GivenStack::Program {
            name: "mine".into(),
            path: "./a=b".into(),
        };
        assert_eq!(given("mine=./a=b"), Ok(program));
        for wrong in ["", "mine", "=./a", "mine=", "a/b=./a", "..=./a", "a b=./a"] {
            assert!(given(wrong).is_err(), "{wrong}");
        }
    }
}
