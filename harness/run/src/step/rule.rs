//! The steps `rule` and `remove-rule`.

use net::{Corruption, Rewriting, RuleSpec, Window};
use scenario::{AddRule, Nth, Protocol, RemoveRule, RuleAction, RuleMatch};

use super::super::executor::Executor;
use super::StepError;

pub(super) fn add(executor: &mut Executor<'_>, it: &AddRule) -> Result<(), StepError> {
    let rule = executor.network.add_rule(RuleSpec {
        name: it.name.to_string(),
        frames: frames(&it.frames),
        window: Window {
            after: it.after,
            lasts: it.lasts,
        },
        nth: nth(it.nth),
        action: action(&it.action),
    })?;
    executor.rules.insert(it.name.clone(), rule);
    Ok(())
}

pub(super) fn remove(executor: &mut Executor<'_>, it: &RemoveRule) -> Result<(), StepError> {
    if let Some(rule) = executor.rules.remove(&it.rule) {
        executor.network.remove_rule(rule)?;
    }
    Ok(())
}

fn frames(it: &RuleMatch) -> net::Match {
    net::Match {
        on: it.on.as_ref().map(ToString::to_string),
        from: it.from.as_ref().map(ToString::to_string),
        to: it.to.as_ref().map(ToString::to_string),
        source: it.source,
        destination: it.destination,
        protocol: it.protocol.map(|protocol| match protocol {
            Protocol::Sctp => net::Protocol::Sctp,
            Protocol::Udp => net::Protocol::Udp,
            Protocol::Tcp => net::Protocol::Tcp,
            Protocol::Icmp => net::Protocol::Icmp,
            Protocol::Arp => net::Protocol::Arp,
        }),
        source_port: it.source_port,
        destination_port: it.destination_port,
        larger_than: it.larger_than,
        smaller_than: it.smaller_than,
        chunk: it.chunk.clone(),
    }
}

fn nth(it: Nth) -> net::Nth {
    match it {
        Nth::Every => net::Nth::Every,
        Nth::Only(n) => net::Nth::Nth(n),
        Nth::EachNth(n) => net::Nth::EveryNth(n),
        Nth::First(n) => net::Nth::Until(n),
        Nth::From(n) => net::Nth::From(n),
        Nth::Between(first, last) => net::Nth::Between(first, last),
    }
}

fn action(it: &RuleAction) -> net::Action {
    match it {
        RuleAction::Pass => net::Action::Pass,
        RuleAction::Drop => net::Action::Drop,
        RuleAction::Delay(time) => net::Action::Delay(*time),
        RuleAction::Duplicate { copies, gap } => net::Action::Duplicate {
            copies: *copies,
            gap: *gap,
        },
        RuleAction::Reorder { behind } => net::Action::Reorder { behind: *behind },
        RuleAction::Corrupt { at, bits } => net::Action::Corrupt(Corruption {
            at: *at,
            bits: *bits,
        }),
        RuleAction::Rewrite {
            settings,
            patches,
            source,
            destination,
            keep_checksum,
        } => net::Action::Rewrite(Rewriting {
            settings: settings.clone(),
            patches: patches.clone(),
            source: *source,
            destination: *destination,
            keep_checksum: *keep_checksum,
        }),
        RuleAction::Mirror { link, node } => net::Action::Mirror {
            link: link.to_string(),
            node: node.to_string(),
        },
    }
}
