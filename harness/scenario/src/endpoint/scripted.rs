//! Scripted peers: endpoints without a kernel.

use super::check::check_addresses;
use super::form::{EndpointForm, of_kind};
use super::program::refuse_what_programs_have;
use crate::check::World;
use crate::diagnostic::{Problems, Span, Spanned};
use crate::model::{EndpointName, Peer};
use crate::option::Setting;
use crate::read::{Map, all_of};
use crate::socket::Endpoint;
use crate::value::Name;

/// Checks the scripted peers, and puts them into `world`. To be called when all sockets
/// are known.
pub(super) fn check_peers(
    forms: &Map<EndpointForm>,
    world: &mut World,
    problems: &mut Problems<'_>,
) {
    for (name, form) in of_kind(forms, EndpointForm::is_scripted) {
        let peer = check_peer(name, form, world, problems);
        if let Some(known) = world.known_mut(&name.value) {
            known.peer = peer;
        }
    }
}

fn check_peer(
    name: &Spanned<Name>,
    form: &EndpointForm,
    world: &World,
    problems: &mut Problems<'_>,
) -> Option<Peer> {
    refuse_what_sockets_have(form, problems);
    refuse_what_programs_have(form, "a scripted peer", problems);
    let node = form.node.spanned()?;
    let node_name = world.find_node(node, problems)?;
    let socket = world.endpoints.iter().find_map(|known| {
        let endpoint = known.endpoint.as_ref()?;
        (endpoint.node == node_name).then_some(endpoint)
    });
    if let Some(socket) = socket {
        problems
            .add(
                node.span,
                format!("`{}` has a socket on `{node_name}`", socket.name),
                "the node's kernel would answer, too",
            )
            .help("put the scripted peer on a node of its own");
        return None;
    }
    let own = world.nodes.iter().find(|own| own.name == node_name);
    if own.is_some_and(|own| own.router || !own.routes.is_empty() || !own.sysctls.is_empty()) {
        problems
            .add(
                node.span,
                format!("a scripted peer speaks for `{node_name}`, and no kernel"),
                "it has settings of a kernel",
            )
            .help("leave `router`, `routes` and `sysctl` of this node out");
    }
    if form.port.is_absent() {
        problems
            .add(name.span, "a scripted peer needs a `port`", "none here")
            .help("give it one: `port: 5001`");
    }
    let addresses = check_addresses(form, &node_name, world, problems)?;
    let to = find_other(name, form, world, problems)?;
    let port = form.port.get()?.0.get();
    let keys = form.auth_key.check(|keys| keys.value.setting())?;
    let taken = world.endpoints.iter().find_map(|known| {
        let other = known.peer.as_ref()?;
        (other.node == node_name && other.port == port).then_some(&known.name)
    });
    if let Some(other) = taken {
        problems
            .add(
                form.port.span()?,
                format!("`{other}` has port {port} already"),
                "the same port on the same node",
            )
            .help("take another port");
    }
    // The first address on a link with the peer, or else the first address.
    let near = |address: &&std::net::IpAddr| world.is_neighbour(&node_name, **address);
    let to_address = to.addresses.iter().find(near).or(to.addresses.first())?;
    Some(Peer {
        name: EndpointName::new(&name.value.0),
        node: node_name,
        port,
        addresses,
        keys: keys.unwrap_or_default(),
        to: to.name.clone(),
        to_address: (*to_address, to.port),
    })
}

/// The endpoint that the peer sends to.
fn find_other<'w>(
    name: &Spanned<Name>,
    form: &EndpointForm,
    world: &'w World,
    problems: &mut Problems<'_>,
) -> Option<&'w Endpoint> {
    if let Some(to) = form.to.spanned() {
        let to = world.find_endpoint(to, problems)?;
        return world.endpoint(&to);
    }
    let sockets: Vec<&EndpointName> = world
        .endpoints
        .iter()
        .filter(|known| !known.scripted)
        .map(|known| &known.name)
        .collect();
    match sockets.as_slice() {
        [one] => world.endpoint(one),
        [] => {
            problems
                .add(
                    name.span,
                    format!("`{}` has nobody to speak to", name.value.0),
                    "alone",
                )
                .help("add an endpoint with a socket: `server: {node: server, listen: 5000}`");
            None
        }
        many => {
            let names = all_of(many.iter().map(|name| name.as_str()));
            problems
                .add(
                    name.span,
                    format!("`{}` does not say whom it speaks to", name.value.0),
                    "there are several",
                )
                .help(format!("add `to` with one of {names}"));
            None
        }
    }
}

fn refuse_what_sockets_have(form: &EndpointForm, problems: &mut Problems<'_>) {
    let of_sockets: [(&str, Option<Span>); 10] = [
        ("style", form.style.span()),
        ("listen", form.listen.span()),
        ("wildcard", form.wildcard.span()),
        ("subscribe", form.subscribe.span()),
        ("options", form.options.span()),
        ("streams", form.streams.span()),
        ("role", form.role.span()),
        ("count", form.count.span()),
        ("receive-buffer", form.receive_buffer.span()),
        ("timers", form.timers.span()),
    ];
    for (key, span) in of_sockets {
        if let Some(span) = span {
            problems
                .add(
                    span,
                    format!("a scripted peer has no `{key}`"),
                    "of sockets",
                )
                .help(match key {
                    "listen" => "write `port`: it hears all that comes to its node",
                    _ => "leave it out: `emit` says what the peer does",
                });
        }
    }
}
