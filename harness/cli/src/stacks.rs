//! Options for stacks that are programs.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::LazyLock;

use clap::Args;
use engine::StackFile;
use recording::Engine;
use scenario::{KnownFailure, Scenario, StepName};

use super::args::Site;
use super::{console, engines};

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
    stack_at: Vec<String>,
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

/// The name is also the name of a folder.
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

    /// Reports invalid options. Returns whether there were any.
    pub(crate) fn complain(&self, site: &Site, scenarios: &[&Scenario]) -> bool {
        let mut complaints = Vec::new();
        let mut names = Vec::new();
        for stacks in self.each() {
            names.extend(stacks.label());
            let Some(file) = stacks.file() else {
                continue;
            };
            let shown = file.path.display();
            if !file.path.is_file() {
                complaints.push(format!("--stack {}: there is no file {shown}", file.name));
            }
            match engines::choose(site, scenarios).0 {
                Engine::Vm | Engine::Box => complaints.push(format!(
                    "--stack {}: the program runs beside the lab, which the engines `native` and \
                     `uml` can: add --engine uml, or --engine native",
                    file.name
                )),
                Engine::Uml if HIDDEN.iter().any(|it| file.path.starts_with(it)) => {
                    complaints.push(format!(
                        "--stack {}: the guest of the uml engine has folders of its own in the \
                         place of {}, so it does not see {shown}: put the program elsewhere",
                        file.name,
                        HIDDEN.join(", ")
                    ));
                }
                _ => {}
            }
        }
        names.sort_unstable();
        let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
        complaints.extend(twice.map(|pair| format!("--stack {}: there are two of them", pair[0])));
        for at in &self.stack_at {
            let mut endpoints = scenarios.iter().flat_map(|it| &it.endpoints);
            if !endpoints.any(|it| it.name.as_str() == at) {
                complaints.push(format!(
                    "--stack-at {at}: no scenario here has such an endpoint that is a socket"
                ));
            }
        }
        complaints.iter().for_each(|words| console::error(words));
        !complaints.is_empty()
    }
}

/// The known deviation of a stack with this name from a scenario.
pub(crate) fn known_failure(called: &str, scenario: &str) -> Option<&'static KnownFailure> {
    static KNOWN: LazyLock<Vec<(String, KnownFailure)>> = LazyLock::new(|| {
        let known = expected::stacks().into_iter().map(|it| {
            let known = KnownFailure {
                kernel: it.stack,
                line: it.line,
                fails: it.fails.iter().map(|it| StepName::new(it)).collect(),
                does: format!("{} ({})", it.does, it.source),
            };
            (it.scenario, known)
        });
        known.collect()
    });
    let mut known = KNOWN.iter();
    let found = known.find(|(name, it)| name == scenario && it.is_about(called));
    found.map(|(_, known)| known)
}

/// The folders that the guest of the `uml` engine does not share with the host.
const HIDDEN: [&str; 5] = ["/tmp", "/run", "/dev", "/proc", "/sys"];

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
