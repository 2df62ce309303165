use std::path::PathBuf;

use recording::{Ended, Engine};
use scenario::{EndpointName, NodeName, Scenario};
use serde::{Deserialize, Serialize};

use super::wish;
use crate::program::{ProgramFile, why_not};

/// A program that is a stack under test, and where it stands in a kernel's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackFile {
    /// What the user calls it.
    pub name: String,
    /// The file, by its absolute path.
    pub path: PathBuf,
    /// The endpoints that it is; all of the scenario's sockets where there are none.
    pub at: Vec<String>,
}

impl StackFile {
    /// Whether an endpoint is this stack.
    pub(crate) fn is_at(&self, endpoint: &EndpointName) -> bool {
        self.at.is_empty() || self.at.iter().any(|at| at == endpoint.as_str())
    }

    /// That it does not have something.
    pub(crate) fn lacks(&self, what: String) -> Ended {
        Ended::Lacking {
            capability: what,
            saw: format!("the stack {} does not support it", self.name),
        }
    }

    /// Whether it speaks for a node.
    pub(crate) fn is_on(&self, scenario: &Scenario, node: &NodeName) -> bool {
        let mut endpoints = scenario.endpoints.iter();
        endpoints.any(|it| it.node == *node && self.is_at(&it.name))
    }
}

/// Why a scenario cannot be run, where the stack cannot be what it asks for.
pub(crate) fn lack(
    scenario: &Scenario,
    stack: Option<&StackFile>,
    engine: Engine,
) -> Option<Ended> {
    let stack = stack?;
    let file = ProgramFile {
        path: stack.path.clone(),
        named: true,
    };
    if let Some(saw) = why_not(&stack.name, Some(&file), engine) {
        return Some(Ended::Lacking {
            capability: format!("program {}", stack.name),
            saw,
        });
    }
    wish::beyond_reach(scenario, stack).map(|what| stack.lacks(what))
}
