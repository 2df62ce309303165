//! The rules, with their sources, by which a bound was judged.

use bounds::{Citation, Stack, TimerKind};
use scenario::BoundKind;

/// The rules of a bound in which these timers ran out.
pub(super) fn rules(stack: &Stack, kind: BoundKind, timers: &[TimerKind]) -> Vec<Citation> {
    let has = |kind| timers.contains(&kind);
    let mut rules = Vec::new();
    if has(TimerKind::T3) {
        rules.push(Citation::BACK_OFF);
    }
    if has(TimerKind::Heartbeat) {
        rules.push(stack.on_heartbeats());
    }
    if has(TimerKind::Probe) {
        rules.extend([stack.on_potentially_failed(), stack.on_probing()]);
    }
    if has(TimerKind::T4) {
        rules.push(Citation::ASCONF);
    }
    if has(TimerKind::Reconfiguration) {
        rules.push(Citation::RE_CONFIG);
    }
    let has_heartbeats = has(TimerKind::Heartbeat) || has(TimerKind::Probe);
    match kind {
        BoundKind::Heartbeat => rules.push(Citation::ANSWER),
        _ if has_heartbeats => rules.push(stack.on_unanswered()),
        _ => {}
    }
    match kind {
        BoundKind::Heartbeat => {}
        BoundKind::Failover => rules.push(Citation::PATH_LIMIT),
        BoundKind::Association => {
            rules.extend([stack.on_association_errors(), stack.on_giving_up()]);
        }
        BoundKind::Init => rules.extend([
            stack.on_init_back_off(),
            stack.on_init_cap(),
            Citation::INIT_LIMIT,
        ]),
        BoundKind::Shutdown => {
            rules.extend([Citation::SHUTDOWN, stack.on_shutdown_guard()]);
        }
    }
    rules.push(stack.on_lateness());
    rules
}

#[cfg(test)]
mod tests {
    use bounds::Origin;

    use super::*;

    fn named(kind: BoundKind, timers: &[TimerKind]) -> Vec<&'static str> {
        let rules = rules(&Stack::LINUX, kind, timers);
        rules.iter().map(|it| it.rule).collect()
    }

    #[test]
    fn the_rules_are_those_of_the_timers_that_ran_out() {
        let of_data = named(BoundKind::Failover, &[TimerKind::T3, TimerKind::T3]);
        assert_eq!(
            of_data,
            [
                "back-off of T3-rtx",
                "limit of a path",
                "lateness of timers"
            ]
        );
        let of_probes = named(BoundKind::Failover, &[TimerKind::T3, TimerKind::Probe]);
        assert_eq!(
            of_probes,
            [
                "back-off of T3-rtx",
                "potentially failed",
                "probing",
                "HEARTBEAT without an answer",
                "limit of a path",
                "lateness of timers",
            ]
        );
    }

    #[test]
    fn each_bound_names_its_own_limit() {
        for (kind, rule) in [
            (BoundKind::Failover, "limit of a path"),
            (BoundKind::Association, "limit of the association"),
            (BoundKind::Heartbeat, "answer to a HEARTBEAT"),
            (BoundKind::Init, "limit of a set-up"),
            (BoundKind::Shutdown, "T2-shutdown"),
        ] {
            assert!(named(kind, &[]).contains(&rule), "{kind:?}");
        }
    }

    #[test]
    fn what_linux_does_otherwise_is_its_own() {
        let rules = rules(&Stack::LINUX, BoundKind::Association, &[TimerKind::T3]);
        let errors = rules
            .iter()
            .find(|it| it.rule == "errors of the association");
        assert_eq!(errors.map(|it| it.origin), Some(Origin::Stack));
        let back_off = rules.iter().find(|it| it.rule == "back-off of T3-rtx");
        assert_eq!(back_off.map(|it| it.origin), Some(Origin::Rfc));
    }
}
