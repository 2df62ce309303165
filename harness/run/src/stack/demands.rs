//! Translates what a scenario demands of an endpoint into commands for the program of a
//! stack.

use scenario::{
    Action, Capability, Check, Endpoint, EndpointName, ResetRequest, Scenario, SendAttributes,
    SocketOption, Within,
};

use super::file::StackFile;

/// The first demand of a scenario for which the protocol with a stack has no command, if
/// any.
pub(super) fn beyond_reach(scenario: &Scenario, stack: &StackFile) -> Option<String> {
    if scenario.needs.contains(&Capability::UdpEncapsulation) {
        return Some(Capability::UdpEncapsulation.word().to_owned());
    }
    let own = |name: &EndpointName| scenario.endpoint(name).is_some() && stack.is_at(name);
    let endpoints = scenario.endpoints.iter().filter(|it| own(&it.name));
    for endpoint in endpoints {
        let on_node = scenario
            .endpoints
            .iter()
            .filter(|it| it.node == endpoint.node);
        let lack = match endpoint {
            it if it.addresses.len() > 1 => "an endpoint with several addresses",
            it if it.wildcard => "an endpoint on the wildcard address",
            it if it.role.is_some() => "an endpoint that answers",
            it if it.count > 1 => "several sockets of one endpoint",
            it if it.receive_buffer.is_some() => "a small receive buffer",
            _ if on_node.count() > 1 => "several endpoints on a node",
            _ => continue,
        };
        return Some(lack.to_owned());
    }
    let steps = scenario.steps.iter().map(|step| &step.action);
    let step = steps.filter_map(|action| lacking_step(action, &own)).next();
    step.or_else(|| {
        let mut checks = scenario.assertions.iter();
        let looks = checks.any(|it| match &it.check {
            Check::Paths(it) => own(&it.at),
            Check::PathChanges(_) | Check::Counters(_) => true,
            _ => false,
        });
        looks.then(|| "samples of paths".to_owned())
    })
}

fn lacking_step(action: &Action, own: &dyn Fn(&EndpointName) -> bool) -> Option<String> {
    let endpoint = match action {
        Action::Expect(it) if matches!(it.within, Within::Bound(_)) && own(&it.at) => {
            return Some("rules that bound its timers".to_owned());
        }
        Action::Send(it) if it.attributes != SendAttributes::default() => &it.from,
        Action::Traffic(it) => &it.from,
        Action::Set(it) => &it.at,
        Action::Get(it) => &it.at,
        Action::Heartbeat(it) => &it.at,
        Action::SetPath(it) => &it.at,
        Action::SetPrimary(it) => &it.at,
        Action::SetPeerPrimary(it) => &it.at,
        Action::AddAddress(it) => &it.at,
        Action::DeleteAddress(it) => &it.at,
        Action::Call(it) => &it.at,
        Action::Shutdown(it) => &it.endpoint,
        Action::PeelOff(it) => &it.at,
        Action::PauseReading(it) => &it.endpoint,
        Action::ResumeReading(it) => &it.endpoint,
        Action::Kill(it) => &it.endpoint,
        Action::Open(it) => &it.endpoint,
        _ => return None,
    };
    own(endpoint).then(|| format!("step {}", action.kind()))
}

/// The commands that configure an endpoint as the scenario describes it. Each comes with
/// the name of what is lacking if the stack does not support it.
pub(super) fn commands(
    scenario: &Scenario,
    endpoint: &Endpoint,
) -> Result<Vec<(String, String)>, String> {
    let mut commands = Vec::new();
    for need in &scenario.needs {
        let word = need.word();
        commands.push((format!("need {word}"), word.to_owned()));
    }
    let node = scenario.node(&endpoint.node);
    for sysctl in node.iter().flat_map(|node| &node.sysctls) {
        if !is_told_by_a_need(sysctl.name) {
            let command = format!("setting {} {}", sysctl.name, sysctl.value);
            commands.push((command, format!("setting {}", sysctl.name)));
        }
    }
    for option in &endpoint.options {
        let word = option.word();
        let values = values(option).ok_or_else(|| format!("socket option {word}"))?;
        for value in values {
            let command = format!("option {word} {value}");
            commands.push((command, format!("socket option {word}")));
        }
    }
    for (name, value) in timers(endpoint) {
        commands.push((format!("timer {name} {value}"), format!("timer {name}")));
    }
    if endpoint.outbound_streams.is_some() || endpoint.inbound_streams.is_some() {
        let [out, inbound] =
            [endpoint.outbound_streams, endpoint.inbound_streams].map(Option::unwrap_or_default);
        let command = format!("streams {out} {inbound}");
        commands.push((command, "numbers of streams".to_owned()));
    }
    if endpoint.listens {
        commands.push(("listen".to_owned(), "an endpoint that listens".to_owned()));
    }
    Ok(commands)
}

/// Whether a sysctl of a Linux node says the same as a capability that the scenario needs.
pub(crate) fn is_told_by_a_need(setting: &str) -> bool {
    matches!(
        setting,
        "net.sctp.addip_enable"
            | "net.sctp.auth_enable"
            | "net.sctp.intl_enable"
            | "net.sctp.prsctp_enable"
            | "net.sctp.reconf_enable"
    )
}

/// The values of an option, each for a command of its own; `None` where the protocol has no
/// such option.
fn values(option: &SocketOption) -> Option<Vec<String>> {
    let one = match option {
        SocketOption::NoDelay(on)
        | SocketOption::DisableFragments(on)
        | SocketOption::AuthSupported(on)
        | SocketOption::AsconfSupported(on)
        | SocketOption::EcnSupported(on)
        | SocketOption::PrSupported(on)
        | SocketOption::ReconfigSupported(on)
        | SocketOption::InterleavingSupported(on) => on.to_string(),
        SocketOption::ReceiveBuffer(bytes) | SocketOption::SendBuffer(bytes) => bytes.to_string(),
        SocketOption::FragmentInterleave(number)
        | SocketOption::MaxSeg(number)
        | SocketOption::MaxBurst(number) => number.to_string(),
        SocketOption::EnableStreamReset(requests) => {
            let words = requests.iter().map(|it| match it {
                ResetRequest::Streams => "reset-streams",
                ResetRequest::Association => "reset-association",
                ResetRequest::AddStreams => "add-streams",
            });
            let words: Vec<&str> = words.collect();
            match words.as_slice() {
                [] => "-".to_owned(),
                some => some.join(","),
            }
        }
        SocketOption::AuthChunks(kinds) => {
            return Some(kinds.iter().map(|it| it.number().to_string()).collect());
        }
        _ => return None,
    };
    Some(vec![one])
}

/// The timers that a scenario sets: times in milliseconds, and counts.
pub(crate) fn timers(endpoint: &Endpoint) -> Vec<(&'static str, u128)> {
    let timers = &endpoint.timers;
    let times = [
        ("rto-initial", timers.rto_initial),
        ("rto-min", timers.rto_min),
        ("rto-max", timers.rto_max),
        ("heartbeat-interval", timers.heartbeat_interval),
        ("sack-delay", timers.sack_delay),
    ];
    let counts = [
        ("path-max-retrans", timers.path_max_retrans),
        ("association-max-retrans", timers.association_max_retrans),
        ("max-init-retransmits", timers.max_init_retransmits),
        ("potentially-failed", timers.potentially_failed),
    ];
    let times = times
        .into_iter()
        .filter_map(|(name, it)| Some((name, it?.as_millis())));
    let counts = counts
        .into_iter()
        .filter_map(|(name, it)| Some((name, it?.into())));
    times.chain(counts).collect()
}
