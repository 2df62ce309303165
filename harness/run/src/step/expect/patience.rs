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
        // Without HEARTBEATs the bound may have no end: wait as long as with HEARTBEATs.
        heartbeats: true,
        ..executor.timing(&it.at, address)
    };
    let slowest = slowest(executor, it, address, &timing);
    let interval = timing.heartbeat_interval.into();
    let idle = stack.heartbeat_pause(Some(interval), slowest).most;
    let most = |interval: Interval| interval.most;
    // A socket does not tell whether paths become potentially failed
    // (`net.sctp.pf_enable`), so both cases are reckoned.
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
        // The association fails last if all errors are on one path.
        let forecast = |driver, timing| bounds::association(stack, driver, &[slowest], timing);
        let longest = drivers.map(|(driver, timing)| most(forecast(driver, timing).interval));
        idle + longest.into_iter().max().unwrap_or_default()
    };
    let wait = match kind {
        BoundKind::Failover => {
            let forecast = |driver, timing| bounds::failover(stack, driver, slowest, timing);
            let longest = drivers.map(|(driver, timing)| most(forecast(driver, timing).interval));
            // Doubled, because a late SACK may clear the errors counted so far.
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

/// The RTO of a path as last reported; without an address, the longest RTO of the
/// endpoint's paths.
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

/// The timers with the limits of a message that sets an association up (`SCTP_INIT`, RFC
/// 6458, section 5.3.1).
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
