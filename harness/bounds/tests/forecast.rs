//! Forecasts of failovers, set-ups, associations that end and shutdowns, by the rules of
//! each stack.

use bounds::{
    Driver, Forecast, SetUp, Span, Stack, Timing, association, failover, heartbeat, init, shutdown,
};
use std::time::Duration;

const SECOND: Span = Span::from_secs(1);

fn without_lateness() -> Stack {
    Stack {
        lateness: Stack::RFC.lateness,
        ..Stack::LINUX
    }
}

fn defaults() -> Timing {
    Timing::DEFAULT
}

fn lengths(forecast: &Forecast) -> Vec<u64> {
    let in_milliseconds = |span: Span| span.as_nanos() / 1_000_000;
    forecast
        .gaps
        .iter()
        .map(|gap| in_milliseconds(gap.rto))
        .collect()
}

#[test]
fn without_the_potentially_failed_state_the_staircase_is_1_3_7_15_31_63() {
    for (limit, seconds) in (0..).zip([1, 3, 7, 15, 31, 63]) {
        let timing = Timing {
            potentially_failed: None,
            path_max_retrans: limit,
            ..defaults()
        };
        let forecast = failover(&without_lateness(), Driver::Data, SECOND, &timing);
        assert_eq!(forecast.interval.least, Span::from_secs(seconds));
        assert_eq!(forecast.interval.most, Span::from_secs(seconds));
    }
}

#[test]
fn linux_probes_a_potentially_failed_path_after_the_pause_of_its_heartbeat_timer() {
    let forecast = failover(&without_lateness(), Driver::Data, SECOND, &defaults());
    // T3-rtx takes 1 s. The first HEARTBEAT takes 0.5–1.5 s, by the RTO from before the
    // error; each later HEARTBEAT takes its RTO ±50 %.
    assert_eq!(
        forecast.sum(),
        "T3-rtx 1 + HEARTBEAT, potentially failed 0.5–1.5 + 1–3 + 2–6 + 4–12 + 8–24 + 16–48"
    );
    assert_eq!(forecast.interval.least, Span::from_millis(32_500));
    assert_eq!(forecast.interval.most, Span::from_millis(95_500));
}

#[test]
fn the_rfc_probes_at_once_and_each_rto() {
    let forecast = failover(&Stack::RFC, Driver::Data, SECOND, &defaults());
    assert_eq!(
        forecast.sum(),
        "T3-rtx 1 + HEARTBEAT, potentially failed 2 + 4 + 8 + 16 + 32"
    );
    assert_eq!(forecast.interval.least, Span::from_secs(63));
}

#[test]
fn the_sum_says_all_that_is_in_the_number() {
    let timing = Timing {
        path_max_retrans: 1,
        ..defaults()
    };
    let forecast = failover(&Stack::LINUX, Driver::Data, SECOND, &timing);
    assert_eq!(forecast.sum(), "T3-rtx 1–1.135 + 2–2.26");
    assert_eq!(forecast.interval.most, Span::from_millis(3_395));
}

#[test]
fn linux_never_waits_less_than_200_ms_for_a_heartbeat() {
    let timing = Timing {
        rto_min: Duration::from_millis(60),
        rto_max: Duration::from_millis(80),
        path_max_retrans: 4,
        ..defaults()
    };
    let forecast = failover(
        &without_lateness(),
        Driver::Data,
        Span::from_millis(60),
        &timing,
    );
    assert_eq!(
        forecast.sum(),
        "T3-rtx 0.06 + HEARTBEAT, potentially failed 0.2–0.26 + 0.2–0.28 + 0.2–0.28 + \
         0.2–0.28 + 0.2–0.28"
    );
}

#[test]
fn linux_has_no_potentially_failed_state_where_it_would_be_the_last_error() {
    for (limit, is_probed) in [(1, false), (2, true)] {
        let timing = Timing {
            path_max_retrans: limit,
            ..defaults()
        };
        let forecast = failover(&Stack::LINUX, Driver::Data, SECOND, &timing);
        assert_eq!(forecast.sum().contains("potentially failed"), is_probed);
        let by_the_rfc = failover(&Stack::RFC, Driver::Data, SECOND, &timing);
        assert!(by_the_rfc.sum().contains("potentially failed"));
    }
}

#[test]
fn an_idle_path_takes_a_heartbeat_interval_an_error() {
    let timing = Timing {
        path_max_retrans: 1,
        ..defaults()
    };
    let forecast = failover(&without_lateness(), Driver::Heartbeats, SECOND, &timing);
    assert_eq!(forecast.sum(), "HEARTBEAT 30.5–31.5 + 31–33");
}

#[test]
fn without_heartbeats_a_potentially_failed_path_never_becomes_unreachable() {
    let timing = Timing {
        heartbeats: false,
        ..defaults()
    };
    for driver in [Driver::Data, Driver::Heartbeats] {
        let forecast = failover(&Stack::LINUX, driver, SECOND, &timing);
        assert!(forecast.never.is_some());
        assert_eq!(forecast.interval.least, Span::FOREVER);
    }
    // Without the state potentially failed, T3-rtx continues.
    let timing = Timing {
        potentially_failed: None,
        ..timing
    };
    assert_eq!(
        failover(&Stack::LINUX, Driver::Data, SECOND, &timing).never,
        None
    );
    assert!(
        heartbeat(&Stack::LINUX, SECOND, Span::ZERO, &timing)
            .never
            .is_some()
    );
}

#[test]
fn an_idle_association_is_given_up_by_heartbeats_alone() {
    let timing = Timing {
        association_max_retrans: 2,
        ..defaults()
    };
    let forecast = association(&without_lateness(), Driver::Heartbeats, &[SECOND], &timing);
    // 30.5–31.5 s until the first error, which makes the path potentially failed, then
    // 1–3 s and 2–6 s.
    assert_eq!(forecast.interval.least, Span::from_millis(33_500));
    assert_eq!(forecast.interval.most, Span::from_millis(40_500));
}

#[test]
fn t1_init_is_doubled_when_every_address_was_tried_but_each_time_in_freebsd() {
    // By the RFC each address has a T1 of its own, which comes to the same pauses.
    for stack in [&Stack::RFC, &Stack::LINUX] {
        let two = init(stack, SetUp::Init, 2, &defaults());
        assert_eq!(
            lengths(&two),
            [3000, 3000, 6000, 6000, 12000, 12000, 24000, 24000, 48000]
        );
    }
    let by_freebsd = init(&Stack::FREEBSD, SetUp::Init, 2, &defaults());
    assert_eq!(
        lengths(&by_freebsd),
        [3000, 6000, 12000, 24000, 48000, 60000, 60000, 60000, 60000]
    );
}

#[test]
fn linux_does_not_ask_rto_max_how_long_t1_may_become() {
    let timing = Timing {
        rto_initial: Duration::from_millis(120),
        rto_max: Duration::from_millis(500),
        max_init_retransmits: 4,
        ..defaults()
    };
    let forecast = init(&Stack::LINUX, SetUp::Cookie, 1, &timing);
    assert_eq!(lengths(&forecast), [120, 240, 480, 960, 1920]);
    let by_the_rfc = init(&Stack::RFC, SetUp::Cookie, 1, &timing);
    assert_eq!(lengths(&by_the_rfc), [120, 240, 480, 500, 500]);
}

#[test]
fn the_guard_ends_a_shutdown_where_linux_has_it_sooner() {
    let forecast = shutdown(&without_lateness(), SECOND, &defaults());
    assert_eq!(forecast.interval.most, Span::from_secs(300));
    // The guard is optional in RFC 9260, and its forecast has none: 1+2+4+8+16+32+5×60.
    let forecast = shutdown(&Stack::RFC, SECOND, &defaults());
    assert_eq!(forecast.interval.most, Span::from_secs(363));
}

#[test]
fn no_timers_make_a_forecast_overflow() {
    let timing = Timing {
        rto_initial: Duration::MAX,
        rto_min: Duration::MAX,
        rto_max: Duration::MAX,
        heartbeat_interval: Duration::MAX,
        heartbeats: true,
        sack_delay: Duration::MAX,
        path_max_retrans: u16::MAX,
        potentially_failed: Some(u16::MAX),
        association_max_retrans: u16::MAX,
        max_init_retransmits: u16::MAX,
        max_init_timeout: Duration::MAX,
    };
    for stack in [&Stack::RFC, &Stack::LINUX, &Stack::FREEBSD] {
        for driver in [Driver::Data, Driver::Heartbeats] {
            let all = [
                failover(stack, driver, Span::FOREVER, &timing),
                association(stack, driver, &[Span::FOREVER, SECOND], &timing),
                heartbeat(stack, Span::FOREVER, Span::FOREVER, &timing),
                init(stack, SetUp::Cookie, usize::MAX, &timing),
                shutdown(stack, Span::FOREVER, &timing),
            ];
            for forecast in all {
                assert!(forecast.sum().len() < 2000, "{}", forecast.sum().len());
                // A bound without an end is not shown as a number of nanoseconds.
                assert!(
                    !forecast.sum().contains("18446744073"),
                    "{}",
                    forecast.sum()
                );
            }
        }
    }
}

#[test]
fn a_recording_cannot_hold_a_timer_that_no_socket_could_report() {
    let line = serde_json::to_string(&Timing::DEFAULT).unwrap();
    let too_long = line.replace(
        "\"rto-max-ms\":60000",
        "\"rto-max-ms\":18446744073709551615",
    );
    let error = serde_json::from_str::<Timing>(&too_long).unwrap_err();
    assert!(
        error.to_string().contains("too long for a timer"),
        "{error}"
    );
    let old = line.replace("\"heartbeats\":true,", "");
    assert!(serde_json::from_str::<Timing>(&old).unwrap().heartbeats);
}
