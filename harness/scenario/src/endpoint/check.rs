//! Checks the endpoints that are sockets: their ports, addresses, streams and options.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::form::{EndpointForm, StreamsForm};
use super::program::{check_programs, refuse_what_programs_have};
use super::role_and_buffer::{check_count, check_receive_buffer, check_relays};
use super::scripted::check_peers;
use crate::check::{Known, World};
use crate::diagnostic::{Problems, Spanned};
use crate::model::{EndpointName, NodeName, NotificationKind, Style};
use crate::option::SocketOption;
use crate::read::{Map, Optional, all_of};
use crate::socket::Endpoint;
use crate::value::{Name, Port, Small};

/// Checks the endpoints, and puts them into `world`.
pub(crate) fn check_endpoints(
    forms: &Map<EndpointForm>,
    world: &mut World,
    problems: &mut Problems<'_>,
) {
    for (name, form) in &forms.0 {
        let scripted = form.as_ref().is_some_and(EndpointForm::is_scripted);
        let is_program = form.as_ref().is_some_and(EndpointForm::is_program);
        let endpoint = form
            .as_ref()
            .filter(|_| !scripted && !is_program)
            .and_then(|form| check_endpoint(name, form, world, problems));
        world.endpoints.push(Known {
            name: EndpointName::new(&name.value.0),
            endpoint,
            scripted,
            peer: None,
            is_program,
            program: None,
        });
    }
    check_peers(forms, world, problems);
    check_programs(forms, world, problems);
    check_relays(forms, world, problems);
}

fn check_endpoint(
    name: &Spanned<Name>,
    form: &EndpointForm,
    world: &World,
    problems: &mut Problems<'_>,
) -> Option<Endpoint> {
    if let Some(to) = form.to.spanned() {
        problems
            .add(
                to.span,
                "only a scripted peer speaks `to` somebody",
                "a socket",
            )
            .help("leave `to` out, or say `kind: peer`; a `connect` says whom a socket calls");
    }
    if let Some(span) = form.auth_key.span() {
        problems
            .add(
                span,
                "a socket has its keys as options",
                "of a scripted peer",
            )
            .help("write `options: {auth-key: {number: 1, key: secret}}`");
    }
    refuse_what_programs_have(form, "a socket of the lab's", problems);
    let timers = form
        .timers
        .get()
        .map(|timers| timers.check(problems))
        .unwrap_or_default();
    let listens = !form.listen.is_absent();
    let port = check_port(form, problems);
    let node = form.node.spanned()?;
    let node = world.find_node(node, problems)?;
    let addresses = check_addresses(form, &node, world, problems)?;
    // A wrong port has been noted, and no other can be suggested.
    if listens && form.listen.spanned().is_none() {
        return None;
    }
    let endpoint = Endpoint {
        name: EndpointName::new(&name.value.0),
        node,
        style: form.style.get().map_or(Style::OneToMany, |style| style.0),
        port: port.map(|port| port.value.0.get()),
        listens,
        addresses,
        wildcard: check_wildcard(form, problems),
        subscribe: check_subscription(form)?,
        timers,
        outbound_streams: check_streams(form, problems, |streams| &streams.out),
        role: form.role.check(|role| Some(role.value.role()))?,
        count: check_count(form, problems)?,
        receive_buffer: check_receive_buffer(form, problems)?,
        inbound_streams: check_streams(form, problems, |streams| &streams.r#in),
        options: check_options(form, problems)?,
    };
    // Linux: `sctp_setsockopt_auto_asconf`.
    let wants_asconf = endpoint.options.contains(&SocketOption::AutoAsconf(true));
    if wants_asconf
        && !endpoint.wildcard
        && let Some(options) = form.options.spanned()
    {
        problems
            .add(
                options.span,
                "`auto-asconf` needs a socket that is bound to the wildcard address",
                "refused by the kernel",
            )
            .help("add `wildcard: true` to the endpoint");
    }
    if let Some(port) = port {
        check_port_is_free(&endpoint, port, world, problems);
    }
    Some(endpoint)
}

fn check_port<'f>(
    form: &'f EndpointForm,
    problems: &mut Problems<'_>,
) -> Option<&'f Spanned<Port>> {
    if let (Some(listen), Some(port)) = (form.listen.spanned(), form.port.spanned()) {
        problems
            .add(
                port.span,
                "both `listen` and `port` are given",
                "the second port",
            )
            .help(format!(
                "keep `listen: {}` if it accepts associations, else `port`",
                listen.value.0
            ));
    }
    form.listen.spanned().or(form.port.spanned())
}

fn check_wildcard(form: &EndpointForm, problems: &mut Problems<'_>) -> bool {
    let wildcard = form.wildcard.get().is_some_and(|wildcard| wildcard.0);
    if wildcard && let Some(addresses) = form.addresses.spanned() {
        problems
            .add(
                addresses.span,
                "both `wildcard` and `addresses` are given",
                "the wildcard is all of them",
            )
            .help("leave one of the two out");
    }
    wildcard
}

/// The subscription; `None` if it is wrong, so that expectations on it are not reported.
fn check_subscription(form: &EndpointForm) -> Option<BTreeSet<NotificationKind>> {
    let kinds = form
        .subscribe
        .check(|subscription| Some(subscription.value.0.iter().copied().collect()))?;
    Some(kinds.unwrap_or_default())
}

fn check_options(form: &EndpointForm, problems: &mut Problems<'_>) -> Option<Vec<SocketOption>> {
    let options = form.options.check(|options| {
        options.value.check_without_association(problems);
        options.value.check()
    })?;
    Some(options.unwrap_or_default())
}

fn check_streams(
    form: &EndpointForm,
    problems: &mut Problems<'_>,
    which: impl Fn(&StreamsForm) -> &Optional<Small>,
) -> Option<u16> {
    let streams = which(form.streams.get()?).spanned()?;
    if streams.value.0 == 0 {
        // The receiver of an INIT with 0 streams answers by ABORT (RFC 9260 section 3.3.2).
        problems
            .add(
                streams.span,
                "an association has at least one stream",
                "none here",
            )
            .help("write 1 or more");
    }
    Some(streams.value.0)
}

pub(super) fn check_addresses(
    form: &EndpointForm,
    node: &NodeName,
    world: &World,
    problems: &mut Problems<'_>,
) -> Option<Vec<IpAddr>> {
    let all = world.addresses_of(node);
    let chosen = match &form.addresses {
        Optional::Absent => {
            if all.is_empty() && world.complete {
                let span = form.node.spanned()?.span;
                problems
                    .add(
                        span,
                        format!("`{node}` has no address"),
                        "no link ends here",
                    )
                    .help(format!("add `{node}` with an address to a link"));
                return None;
            }
            return Some(all);
        }
        Optional::Broken => return None,
        Optional::Given(chosen) => &chosen.value.0,
    };
    let mut addresses = Vec::new();
    for address in &chosen.items {
        let ip = address.value.0;
        if addresses.contains(&ip) {
            problems
                .add(
                    address.span,
                    format!("`{ip}` is given twice"),
                    "the second time",
                )
                .help("name each address once");
        } else if !all.contains(&ip) && world.complete {
            let known: Vec<String> = all.iter().map(ToString::to_string).collect();
            problems
                .add(
                    address.span,
                    format!("`{ip}` is not an address of `{node}`"),
                    "not its own",
                )
                .help(format!(
                    "it has {}",
                    all_of(known.iter().map(String::as_str))
                ));
        }
        addresses.push(ip);
    }
    (!chosen.broken).then_some(addresses)
}

/// Checks that no two sockets are bound to the same transport address.
fn check_port_is_free(
    endpoint: &Endpoint,
    port: &Spanned<Port>,
    world: &World,
    problems: &mut Problems<'_>,
) {
    let other = world
        .endpoints
        .iter()
        .filter_map(|known| known.endpoint.as_ref())
        .find(|other| {
            let shares_address = other
                .addresses
                .iter()
                .any(|address| endpoint.addresses.contains(address));
            other.node == endpoint.node && other.port == endpoint.port && shares_address
        });
    if let Some(other) = other {
        problems
            .add(
                port.span,
                format!("`{}` has port {} already", other.name, port.value.0),
                "the same port on the same node",
            )
            .help("take another port, or bind the two to different `addresses`");
    }
}
