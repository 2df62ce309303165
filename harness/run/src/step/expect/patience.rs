//! The waiting time for a bound: the longest time that the stack may take by its reported
//! timers, with a margin.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use bounds::{Driver, Interval, SetUp, Span, Stack, Timing};
use recording::Event;
use scenario::{Action, BoundKind, Expect, Expected};

use super::super::super::executor::Executor;

pub(super) fn of(executor: &Executor<'_>, it: &Expect, kind: BoundKind) -> Duration {
    let address = match &it.what {
        Expected::Notification(pattern) => pattern.address,
        Expected::Path(path) => Some(path.address),
        _ => None,
    };
    let stack = Stack::of_system(if cfg!(target_os = "freebsd") {
        "FreeBSD"
    } else {
        "Linux"
    });
    let timing = Timing {
        // What never comes is waited for as long as it would take otherwise.
        heartbeats: true,
        ..executor.timing(&it.at, address)
    };
    let slowest = slowest(executor, it, address, &timing);
    let interval = timing.heartbeat_interval.into();
    let idle = stack.heartbeat_pause(Some(interval), slowest).most;
    let most = |interval: Interval| interval.most;
    // Whether there is a potentially failed state is not for a socket to say
    // (net.sctp.pf_enable).
    let without = Timing {
        potentially_failed: None,
        ..timing
    };
    let drivers = [
        (Driver::Data, &timing),
        (Driver::Heartbeats, &timing),
        (Driver::Data, &without),
        (Driver::Heartbeats, &without),
    ];
    let association = || {
        // One path counts all errors alone, which takes the longest.
        let forecast = |driver, timing| bounds::association(stack, driver, &[slowest], timing);
        let longest = drivers.map(|(driver, timing)| most(forecast(driver, timing).interval));
        idle + longest.into_iter().max().unwrap_or_default()
    };
    let wait = match kind {
        BoundKind::Failover => {
            let forecast = |driver, timing| bounds::failover(stack, driver, slowest, timing);
            let longest = drivers.map(|(driver, timing)| most(forecast(driver, timing).interval));
            // The last SACKs may still clear what was counted before them.
            idle + longest.into_iter().max().unwrap_or_default() * 2
        }
        BoundKind::Heartbeat => {
            let longest = timing.rto_max.into();
            most(bounds::heartbeat(stack, longest, longest, &timing).interval) * 2
        }
        BoundKind::Association => association(),
        BoundKind::Init => {
            let timing = of_messages(executor, it, timing);
            let t1 = |chunk| most(bounds::init(stack, chunk, 1, &timing).interval);
            t1(SetUp::Init) + t1(SetUp::Cookie)
        }
        BoundKind::Shutdown => {
            let longest = timing.rto_max.into();
            association() + most(bounds::shutdown(stack, longest, &timing).interval)
        }
    };
    wait.into()
}

/// The RTO of that path, or the longest of the endpoint's paths, as it was reported
/// last.
fn slowest(executor: &Executor<'_>, it: &Expect, address: Option<IpAddr>, timing: &Timing) -> Span {
    let mut rtos = BTreeMap::new();
    executor.journal.each(|observation| {
        if let Event::Path {
            endpoint,
            association,
            sample,
        } = &observation.event
            && endpoint == it.at.as_str()
            && address.is_none_or(|address| address == sample.address)
        {
            let rto = Span::from_millis(sample.rto_ms.into());
            rtos.insert((association.clone(), sample.address), rto);
        }
    });
    let slowest = rtos.into_values().max();
    slowest.unwrap_or(timing.rto_initial.into())
}

/// With what a message says that sets an association up (RFC 6458 section 5.3.1).
fn of_messages(executor: &Executor<'_>, it: &Expect, timing: Timing) -> Timing {
    let mut timing = timing;
    for step in &executor.scenario.steps {
        if let Action::Send(send) = &step.action
            && send.from == it.at
            && let Some(init) = &send.attributes.init
        {
            let attempts = init.max_attempts.unwrap_or(0);
            timing.max_init_retransmits = timing.max_init_retransmits.max(attempts);
            let timeout = init.max_timeout.unwrap_or_default();
            timing.max_init_timeout = timing.max_init_timeout.max(timeout);
        }
    }
    timing
}
