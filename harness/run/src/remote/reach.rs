//! Decides which scenarios can be run against a stack on another host.
//!
//! The lab can make no calls on that host, and sees only the stack's packets. So only
//! scenarios with a scripted peer can be run.

use std::net::IpAddr;

use scenario::{
    Action, Capability, Check, Emit, Endpoint, PeerState, Scenario, SetUp, SocketOption,
};
use wire::build::{Item, Value};

use super::Known;

/// What a scenario needs and the stack on another host cannot give.
pub(super) struct Lack {
    pub(super) needs: String,
    pub(super) why: String,
}

/// Why something is beyond reach.
const NOBODY_CALLS: &str = "the lab cannot make calls at a stack on another host";
const NOTHING_IS_TOLD: &str = "a stack on another host shows the lab nothing but packets";
const UNKNOWN: &str = "the lab cannot see this setting; vouch for it by `--granted`";

/// The first demand of a scenario that is beyond reach, if there is one.
pub(super) fn beyond_reach(scenario: &Scenario, known: &Known) -> Option<Lack> {
    let lack = |needs: String, why: &str| {
        let why = why.to_owned();
        Some(Lack { needs, why })
    };
    let [endpoint] = scenario.endpoints.as_slice() else {
        return lack("several sockets".to_owned(), "there is one stack elsewhere");
    };
    if !scenario.programs.is_empty() || scenario.nodes.len() != 2 {
        return lack("other hosts".to_owned(), "there is one stack elsewhere");
    }
    let calls = scenario.steps.iter().find_map(|step| call(&step.action));
    if let Some(call) = calls {
        return lack(format!("a call at the stack: {call}"), NOBODY_CALLS);
    }
    if !endpoint.listens {
        return lack("a call at the stack: connect".to_owned(), NOBODY_CALLS);
    }
    if let Some(told) = told(scenario) {
        return lack(told.to_owned(), NOTHING_IS_TOLD);
    }
    if has_icmp(scenario) {
        return lack(
            "ICMP".to_owned(),
            "the way to a stack elsewhere is for SCTP in IP alone",
        );
    }
    if let Some(needs) = unseen(scenario, known) {
        let called = &known.called;
        return lack(needs, &format!("no INIT ACK of {called} tells of it"));
    }
    if let Some(setting) = setting(scenario, endpoint, known) {
        return lack(setting, UNKNOWN);
    }
    addresses(scenario, endpoint, known)
}

/// The call that a step makes at the stack, or the change that a step makes to the stack's
/// host; `None` where the step makes neither.
fn call(action: &Action) -> Option<String> {
    match action {
        // These steps need only the lab's own cable, which can be cut and has rules.
        Action::Emit(_)
        | Action::Await(_)
        | Action::Silence(_)
        | Action::Answer(_)
        | Action::Probe(_)
        | Action::Wait(_)
        | Action::Expect(_)
        | Action::Cut(_)
        | Action::Restore(_)
        | Action::AddRule(_)
        | Action::RemoveRule(_) => None,
        Action::SetUp(it) => call_of_set_up(it),
        other => Some(other.kind().to_string()),
    }
}

fn call_of_set_up(it: &SetUp) -> Option<String> {
    let mut actions = it.actions.iter();
    let call = actions.find(|it| !matches!(it, Action::Emit(_) | Action::Await(_)))?;
    let state = match it.state {
        PeerState::CookieWait | PeerState::CookieEchoed => "connect".to_owned(),
        _ => call.kind().to_string(),
    };
    Some(state)
}

/// What a scenario wants to be told beyond packets, if anything.
fn told(scenario: &Scenario) -> Option<&'static str> {
    let mut steps = scenario.steps.iter();
    if steps.any(|it| matches!(it.action, Action::Expect(_))) {
        return Some("notifications");
    }
    scenario.assertions.iter().find_map(|it| match &it.check {
        Check::Chunks(_) | Check::Intervals(_) | Check::Sequence(_) => None,
        Check::Messages(_) => Some("what the application reads"),
        Check::Notifications(_) => Some("notifications"),
        Check::Paths(_) | Check::PathChanges(_) => Some("samples of paths"),
        _ => Some("what the stack counts"),
    })
}

/// Whether a scripted peer sends an ICMP message.
fn has_icmp(scenario: &Scenario) -> bool {
    scenario.steps.iter().any(|step| match &step.action {
        Action::Emit(it) => it.icmp.is_some(),
        _ => false,
    })
}

/// The first capability that a scenario needs and the INIT ACK has not named.
fn unseen(scenario: &Scenario, known: &Known) -> Option<String> {
    let mut needs = scenario.needs.iter();
    let unseen = needs.find(|it| {
        // The raw socket carries no UDP.
        **it == Capability::UdpEncapsulation || !known.can.contains(it)
    });
    unseen.map(|it| it.word().to_owned())
}

/// The first setting at the endpoint or on its host that neither the INIT ACK has shown nor
/// the user has granted.
fn setting(scenario: &Scenario, endpoint: &Endpoint, known: &Known) -> Option<String> {
    let shown = endpoint.options.iter().filter(|it| is_shown(it, known));
    let shown: Vec<&str> = shown.map(SocketOption::word).collect();
    let mut settings = settings(scenario).into_iter();
    let unknown = settings.find(|(_, it)| !known.granted.contains(*it) && !shown.contains(it));
    if let Some((kind, word)) = unknown {
        return Some(format!("{kind} {word}"));
    }
    let lack = match endpoint {
        it if it.role.is_some() => "an endpoint that answers",
        it if it.receive_buffer.is_some() => "a small receive buffer",
        it if it.wildcard => "an endpoint on the wildcard address",
        it if it.count > 1 => "several sockets of one endpoint",
        _ => return None,
    };
    Some(lack.to_owned())
}

/// The settings that a scenario makes at its sockets and on their hosts, as kind and word.
/// Settings that a needed capability implies are left out.
#[must_use]
pub fn settings(scenario: &Scenario) -> Vec<(&'static str, &'static str)> {
    let mut settings = Vec::new();
    for endpoint in &scenario.endpoints {
        let node = scenario.node(&endpoint.node).into_iter();
        let names = node.flat_map(|it| &it.sysctls).map(|it| it.name);
        let names = names.filter(|it| !crate::stack::is_told_by_a_need(it));
        settings.extend(names.map(|it| ("setting", it)));
        let options = endpoint.options.iter();
        settings.extend(options.map(|it| ("socket option", it.word())));
        let timers = crate::stack::timers(endpoint).into_iter();
        settings.extend(timers.map(|(name, _)| ("timer", name)));
        if endpoint.outbound_streams.is_some() || endpoint.inbound_streams.is_some() {
            settings.push(("numbers of", "streams"));
        }
    }
    settings
}

/// Whether the INIT ACK has shown that an option has the value that the scenario sets.
fn is_shown(option: &SocketOption, known: &Known) -> bool {
    let (capability, on) = match option {
        SocketOption::AuthSupported(on) => (Capability::Authentication, on),
        SocketOption::AsconfSupported(on) => (Capability::AddressConfiguration, on),
        SocketOption::PrSupported(on) => (Capability::PartialReliability, on),
        SocketOption::ReconfigSupported(on) => (Capability::StreamReconfiguration, on),
        SocketOption::InterleavingSupported(on) => (Capability::Interleaving, on),
        _ => return false,
    };
    known.can.contains(&capability) == *on
}

/// The addresses of the scenario that neither this machine nor the stack has. Such an
/// address may be a stranger's, and the stack would send packets to it.
fn addresses(scenario: &Scenario, endpoint: &Endpoint, known: &Known) -> Option<Lack> {
    let lack = |needs: &str, why: String| {
        let needs = needs.to_owned();
        Some(Lack { needs, why })
    };
    let own = scenario.peers.iter().flat_map(|it| &it.addresses);
    if own.clone().any(|it| !known.own.contains(it)) {
        let why = "name an address of this machine of the same family by `--from`";
        return lack("another address of the peer", why.to_owned());
    }
    if endpoint
        .addresses
        .iter()
        .any(|it| !known.remote.contains(it))
    {
        let why = "name an address of the stack of the same family by `--also`";
        return lack("another address of the stack", why.to_owned());
    }
    let mut named = Vec::new();
    for action in scenario.steps.iter().map(|it| &it.action) {
        match action {
            Action::Emit(it) => named_in(it, &mut named),
            Action::SetUp(it) => {
                for action in &it.actions {
                    if let Action::Emit(it) = action {
                        named_in(it, &mut named);
                    }
                }
            }
            _ => {}
        }
    }
    let is_known =
        |it: &IpAddr| it.is_unspecified() || known.own.contains(it) || known.remote.contains(it);
    let stranger = named.iter().find(|it| !is_known(it))?;
    lack(
        "an address of a third host",
        format!(
            "{stranger} is neither this machine's nor the stack's: the stack might send packets there"
        ),
    )
}

/// Collects the addresses in the header and chunks of a packet.
fn named_in(emit: &Emit, named: &mut Vec<IpAddr>) {
    let headers = emit.header.addresses.iter().flatten();
    headers.for_each(|value| in_value(value, named));
    emit.chunks.iter().for_each(|it| in_item(it, named));
}

fn in_item(item: &Item, named: &mut Vec<IpAddr>) {
    item.slots.iter().for_each(|(_, it)| in_value(it, named));
}

fn in_value(value: &Value, named: &mut Vec<IpAddr>) {
    match value {
        Value::Address(address) => named.push(*address),
        Value::List(values) => values.iter().for_each(|it| in_value(it, named)),
        Value::Items(items) => items.iter().for_each(|it| in_item(it, named)),
        _ => {}
    }
}
