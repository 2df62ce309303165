//! Checks the options for stacks that are programs, and knows their deviations.

use std::sync::LazyLock;

use recording::Engine;
use scenario::{KnownFailure, Scenario, StepName};

use super::args::{Site, Stacks};
use super::{console, engines};

impl Stacks {
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

/// The known deviation from a scenario of the stack with this name.
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
