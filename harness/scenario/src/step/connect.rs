//! The step `connect`: an endpoint begins to set an association up.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::{Span, Spanned};
use crate::model::{EndpointName, NodeName};
use crate::read::{List, OneOrMany, record};
use crate::socket::Endpoint;
use crate::value::{Address, Boolean, ErrorName, Name, Reference};

/// Starts setting an association up, without waiting for it: an expectation waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connect {
    /// The endpoint that sends INIT.
    pub from: EndpointName,
    /// The endpoint that receives INIT.
    pub to: EndpointName,
    /// The transport addresses for `sctp_connectx`, in the order in which they are tried. The
    /// first that answers is the primary path. Never empty.
    pub addresses: Vec<SocketAddr>,
}

impl fmt::Display for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connect {} → {}", self.from, self.to)
    }
}

record! {
    /// Starts setting an association up, without waiting for it: an `expect` waits.
    struct ConnectForm = "{from: client, to: server}" {
        required {
            /// The endpoint that sends INIT.
            from: Reference,
            /// The endpoint that receives INIT. It must `listen`, unless `nobody-listens`
            /// is set.
            to: Reference,
        }
        optional {
            /// The peer's addresses to try, one after the other (`sctp_connectx`); the
            /// first that answers is the primary path. If left out, the first address to
            /// which `from` has a route: INIT ACK brings the others.
            addresses: OneOrMany<Address>,
            /// `true`: intentionally, `to` has a `port` and does not listen on it.
            nobody_listens: Boolean,
            /// The error that the call must return immediately, such as `EADDRNOTAVAIL`.
            /// The step has no effect then.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for ConnectForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let (from, to) = scope.two_endpoints(&self.from, &self.to)?;
        let to_span = self.to.spanned()?.span;
        scope.not_closed(&from, self.from.spanned()?.span)?;
        // Later mistakes are not about a missing association.
        scope.story.connect(&from, &to);
        let callee = match scope.world.peer(&to) {
            Some(peer) => Callee {
                port: peer.port,
                node: peer.node.clone(),
                name: peer.name.clone(),
                addresses: peer.addresses.clone(),
            },
            None if scope.world.is_program(&to) => callee_of_program(&to, to_span, scope)?,
            None => {
                let peer = scope.facts(&to)?.clone();
                let on_purpose = self.nobody_listens.get().is_some_and(|it| it.0);
                let port = if on_purpose {
                    closed_port(&peer, to_span, scope)?
                } else {
                    listening_port(&peer, to_span, scope)?
                };
                Callee::of(peer, port)
            }
        };
        let given = scope.optional(&self.addresses, |scope, addresses| {
            given_addresses(&addresses.value.0, &to, scope)
        })?;
        let addresses = match given {
            Some(addresses) => addresses,
            None => vec![first_address(&from, &callee, to_span, scope)?],
        };
        Some(Action::Connect(Connect {
            from,
            to,
            addresses: addresses
                .into_iter()
                .map(|address| SocketAddr::new(address, callee.port))
                .collect(),
        }))
    }
}

/// The endpoint that receives INIT, of either kind.
pub(super) struct Callee {
    pub(super) port: u16,
    node: NodeName,
    name: EndpointName,
    addresses: Vec<IpAddr>,
}

impl Callee {
    pub(super) fn of(peer: Endpoint, port: u16) -> Self {
        Self {
            port,
            node: peer.node,
            name: peer.name,
            addresses: peer.addresses,
        }
    }
}

fn callee_of_program(to: &EndpointName, span: Span, scope: &mut Scope<'_, '_>) -> Option<Callee> {
    let program = scope.world.program(to)?.clone();
    scope.has_started(to, span)?;
    let Some(port) = program.port else {
        scope
            .problems
            .add(
                span,
                format!("nobody knows the port of `{to}`"),
                "which one?",
            )
            .help(format!(
                "give the endpoint `{to}` the port that its program listens on: `port: 5000`"
            ));
        return None;
    };
    Some(Callee {
        port,
        node: program.node,
        name: program.name,
        addresses: program.addresses,
    })
}

fn listening_port(peer: &Endpoint, span: Span, scope: &mut Scope<'_, '_>) -> Option<u16> {
    if !peer.listens {
        let name = &peer.name;
        scope
            .problems
            .add(
                span,
                format!("`{name}` does not listen"),
                "nobody would answer",
            )
            .help(format!(
                "give the endpoint `{name}` a port to listen on: `listen: {}`; or if that is \
                 what you mean, say `nobody-listens: true`",
                peer.port.unwrap_or(5000)
            ));
        return None;
    }
    peer.port
}

fn closed_port(peer: &Endpoint, span: Span, scope: &mut Scope<'_, '_>) -> Option<u16> {
    let name = &peer.name;
    if peer.listens {
        scope
            .problems
            .add(span, format!("`{name}` listens"), "it would answer")
            .help(format!(
                "give the endpoint `{name}` a `port` in the place of `listen`, or leave \
                 `nobody-listens` out"
            ));
        return None;
    }
    if peer.port.is_none() {
        scope
            .problems
            .add(
                span,
                format!("`{name}` has no port that is known"),
                "which port?",
            )
            .help(format!("give the endpoint `{name}` one: `port: 5000`"));
    }
    peer.port
}

fn given_addresses(
    given: &List<Address>,
    peer: &EndpointName,
    scope: &mut Scope<'_, '_>,
) -> Option<Vec<IpAddr>> {
    let checked: Vec<Option<IpAddr>> = given
        .items
        .iter()
        .map(|address| scope.address_of(peer, address))
        .collect();
    let addresses: Option<Vec<IpAddr>> = checked.into_iter().collect();
    addresses.filter(|_| !given.broken)
}

/// One address suffices to reach a multi-homed peer (RFC 9260 section 5.1.2): its INIT
/// ACK lists the others.
pub(super) fn first_address(
    from: &EndpointName,
    peer: &Callee,
    span: Span,
    scope: &mut Scope<'_, '_>,
) -> Option<IpAddr> {
    let node = scope.facts(from)?.node.clone();
    let reachable = peer
        .addresses
        .iter()
        .copied()
        .find(|address| scope.world.reaches(&node, *address));
    if reachable.is_none() && scope.world.complete {
        let message = format!("`{node}` has no way to `{}`", peer.name);
        let mut addresses = peer.addresses.iter();
        let route = addresses.find_map(|address| scope.world.missing_route(&node, *address));
        let help = match route {
            Some(route) => format!(
                "give `{node}` a route, `- {node}: {{routes: [{route}]}}` under `nodes`, and \
                 `{}` one back",
                peer.node
            ),
            None => format!(
                "join the nodes `{node}` and `{}` by a link, or give `{node}` a route by a node \
                 with `router: true`",
                peer.node
            ),
        };
        scope
            .problems
            .add(span, message, "not reachable")
            .help(help);
    }
    reachable
}
