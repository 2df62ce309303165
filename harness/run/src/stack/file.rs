//! The program that is a stack under test, and what keeps it from running a scenario.

use std::path::PathBuf;

use recording::{Ended, Engine};
use scenario::{EndpointName, NodeName, Scenario};
use serde::{Deserialize, Serialize};

use super::demands;
use crate::program::{ProgramFile, why_not};

/// A program that is a stack under test, and the endpoints at which it replaces the kernel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackFile {
    /// The name that the user gave the stack.
    pub name: String,
    /// The absolute path of the file.
    pub path: PathBuf,
    /// The endpoints that the stack is. Empty means every endpoint of the scenario with a
    /// socket.
    pub at: Vec<String>,
}

impl StackFile {
    /// Whether the stack is this endpoint.
    pub(crate) fn is_at(&self, endpoint: &EndpointName) -> bool {
        self.at.is_empty() || self.at.iter().any(|at| at == endpoint.as_str())
    }

    /// The end of a run that needs something the stack does not have.
    pub(crate) fn lacks(&self, what: String) -> Ended {
        Ended::Lacking {
            capability: what,
            saw: format!("the stack {} does not support it", self.name),
        }
    }

    /// Whether an endpoint of this node is the stack.
    pub(crate) fn is_on(&self, scenario: &Scenario, node: &NodeName) -> bool {
        let mut endpoints = scenario.endpoints.iter();
        endpoints.any(|it| it.node == *node && self.is_at(&it.name))
    }
}

/// Why a scenario cannot be run with this stack; `None` where it can, or there is no stack.
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
    demands::beyond_reach(scenario, stack).map(|what| stack.lacks(what))
}
