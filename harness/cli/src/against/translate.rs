//! Translates a case to two real hosts: puts their addresses and ports into its text, so
//! that chunks, recording and judgement agree.

use std::net::IpAddr;

use engine::against::Known;
use scenario::Scenario;

use crate::library::Loaded;

/// Replaces the addresses of the case by those of this machine and of the stack, link by
/// link, as far as there are enough. The run reports missing ones.
pub(super) fn put_into(case: &mut Loaded, stack: &Known, port: u16) {
    let text = translated(&case.scenario, &case.source, stack, port);
    // An address that does not fit, such as an IPv6 address in place of an IPv4 address,
    // leaves the case unchanged, and the run reports the missing address.
    if let Ok(scenario) = scenario::parse(&case.name, &text) {
        case.scenario = scenario;
        case.source = text;
    }
}

fn translated(scenario: &Scenario, source: &str, stack: &Known, port: u16) -> String {
    let mut changes: Vec<(String, String)> = Vec::new();
    for (number, link) in scenario.links.iter().enumerate() {
        let real = link.ends.each_ref().map(|end| {
            let real = match scenario.is_hosted(&end.node) {
                true => &stack.own,
                false => &stack.remote,
            };
            real.get(number).copied()
        });
        let [Some(one), Some(other)] = real else {
            continue;
        };
        let prefix = common_prefix(one, other);
        for (end, real) in link.ends.iter().zip([one, other]) {
            if let Some(written) = end.addresses.first() {
                changes.push((written.to_string(), format!("{real}/{prefix}")));
                changes.push((written.addr().to_string(), real.to_string()));
            }
        }
    }
    for peer in &scenario.peers {
        let key = "kind: peer, port: ";
        changes.push((format!("{key}{}", peer.port), format!("{key}{port}")));
    }
    for listens in scenario.endpoints.iter().filter_map(|it| it.port) {
        changes.push((
            format!("listen: {listens}"),
            format!("listen: {}", stack.port),
        ));
    }
    replaced(source, &changes)
}

/// Prefix length of the longest network with both addresses; a network of all addresses
/// if the families differ.
fn common_prefix(one: IpAddr, other: IpAddr) -> u32 {
    match (one, other) {
        (IpAddr::V4(one), IpAddr::V4(other)) => (one.to_bits() ^ other.to_bits()).leading_zeros(),
        (IpAddr::V6(one), IpAddr::V6(other)) => (one.to_bits() ^ other.to_bits()).leading_zeros(),
        _ => 0,
    }
}

/// Makes all changes to a text in one pass, so that replacements are not replaced again.
/// Parts of longer numbers or addresses are kept.
fn replaced(text: &str, changes: &[(String, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let goes_on = out.ends_with(|it: char| it.is_ascii_alphanumeric() || it == '.');
        let change = changes
            .iter()
            .find(|(from, _)| !goes_on && rest.strip_prefix(from.as_str()).is_some_and(ends_there));
        match change {
            Some((from, to)) => {
                out.push_str(to);
                rest = &rest[from.len()..];
            }
            None => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// Whether an address or a number is complete where `rest` begins.
fn ends_there(rest: &str) -> bool {
    let mut next = rest.chars();
    match next.next() {
        Some('.') => !next.next().is_some_and(|it| it.is_ascii_digit()),
        Some('/') => false,
        other => !other.is_some_and(|it| it.is_ascii_alphanumeric()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str, changes: &[(&str, &str)]) -> String {
        let changes = changes
            .iter()
            .map(|(from, to)| ((*from).into(), (*to).into()));
        replaced(text, &changes.collect::<Vec<_>>())
    }

    #[test]
    fn whole_addresses_are_changed_all_at_once() {
        let swap = [
            ("10.0.1.1/24", "10.0.1.2/30"),
            ("10.0.1.1", "10.0.1.2"),
            ("10.0.1.2", "10.0.1.1"),
        ];
        assert_eq!(
            changed("{a: 10.0.1.1/24, b: 10.0.1.2}, 10.0.1.1.", &swap),
            "{a: 10.0.1.2/30, b: 10.0.1.1}, 10.0.1.2."
        );
        assert_eq!(
            changed("110.0.1.1 10.0.1.10 10.0.1.1.2", &swap),
            "110.0.1.1 10.0.1.10 10.0.1.1.2"
        );
    }

    #[test]
    fn ports_are_whole_numbers() {
        let ports = [("listen: 5000", "listen: 7"), ("port: 50", "port: 9")];
        assert_eq!(
            changed("{listen: 5000, port: 500} listen: 50001", &ports),
            "{listen: 7, port: 500} listen: 50001"
        );
    }

    #[test]
    fn the_network_of_a_link_has_both_ends() {
        let prefix =
            |one: &str, other: &str| common_prefix(one.parse().unwrap(), other.parse().unwrap());
        assert_eq!(prefix("192.0.2.1", "192.0.2.2"), 30);
        assert_eq!(prefix("10.0.0.1", "192.0.2.2"), 0);
        assert_eq!(prefix("2001:db8::1", "2001:db8::2"), 126);
        assert_eq!(prefix("10.0.0.1", "2001:db8::2"), 0);
    }
}
