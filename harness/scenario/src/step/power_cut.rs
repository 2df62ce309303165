//! The step `power-cut`: a host loses its power, and vanishes without a packet.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, NodeName};
use crate::read::single;
use crate::value::{Name, Reference};

/// Cuts the power of a host: its endpoints vanish, and it sends and receives nothing
/// until one of its endpoints is opened again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PowerCut {
    /// The host.
    pub node: NodeName,
}

impl fmt::Display for PowerCut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "power-cut {}", self.node)
    }
}

single! {
    /// Cuts the power of a host: the endpoints of this node vanish without a packet, and
    /// the node sends and answers nothing until one of them is opened again. Its peers
    /// must detect that by themselves. `open` switches the node on.
    struct PowerCutForm(Reference) = "server";
}

impl StepForm for PowerCutForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let node = scope.kernel(&self.0)?;
        let on_it: Vec<EndpointName> = scope
            .world
            .endpoints
            .iter()
            .filter_map(|known| known.endpoint.as_ref())
            .filter(|endpoint| endpoint.node == node)
            .map(|endpoint| endpoint.name.clone())
            .collect();
        let complete = scope
            .world
            .endpoints
            .iter()
            .all(|it| it.endpoint.is_some() || it.scripted || it.is_program);
        if on_it.is_empty() && complete {
            scope
                .problems
                .add(
                    self.0.span,
                    format!("there is no endpoint on `{node}`"),
                    "nothing would switch it on again",
                )
                .help(format!(
                    "to stop what it forwards, `cut` the links of `{node}`"
                ));
            return None;
        }
        let open: Vec<&EndpointName> = on_it
            .iter()
            .filter(|it| !scope.story.closed.contains_key(*it))
            .collect();
        for endpoint in open {
            scope.story.kill(endpoint, &scope.own_name);
        }
        Some(Action::PowerCut(PowerCut { node }))
    }
}
