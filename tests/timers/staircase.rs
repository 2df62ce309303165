//! How long a path is tried for each Path.Max.Retrans, on a real kernel without the
//! potentially failed state. The waits of RFC 9260 section 6.3.3 add up to 1, 3, 7, 15, 31
//! and 63 s.

use std::fs;
use std::time::Duration;

use oracle::Amount;
use recording::{Direction, Engine, Event, Outcome, PacketView, Recording, Time};
use tests::{Lab, Wanted, lesson};
use wire::Chunk;

/// With RTO.Min 1 s and a short round trip, the RTO is 1 s. The only path has one message,
/// which is sent again at each expiry of T3-rtx, with no pause between two waits.
fn yaml(limit: u16) -> String {
    format!(
        "title: A path with a Path.Max.Retrans of {limit} fails
nodes: [{{client: {{sysctl: {{net.sctp.pf_enable: 0}}}}}}, server]
links:
  path-a: {{client: 10.0.1.1/24, server: 10.0.1.2/24, delay: 10ms}}
endpoints:
  server: {{node: server, listen: 5000}}
  client:
    node: client
    subscribe: [assoc-change, peer-addr-change]
    timers: {{path-max-retrans: {limit}, association-max-retrans: 20}}
steps:
  - connect: {{from: client, to: server}}
  - expect: {{at: client, notification: assoc-change, state: comm-up, within: 1s}}
  - send: {{from: client, to: server, count: 5, size: 100}}
  - wait: 5s
  - cut: {{link: path-a}}
  - send: {{from: client, to: server, size: 100}}
  - expect: {{at: client, notification: peer-addr-change, address: 10.0.1.2, state: unreachable, within: failover-bound, as: noticed}}
"
    )
}

/// How late a timer of Linux may be: whole ticks, and an eighth at most
/// (kernel/time/timer.c).
fn width(timer: Duration) -> Duration {
    timer / 8 + Duration::from_millis(20)
}

/// No kernel can show the first step, 1 s: the sockets API takes a limit of 0 for "leave it
/// as it is" (RFC 6458 section 8.1.12). The lab must say so before the run.
pub(crate) fn zero_is_refused() -> Result<(), String> {
    match scenario::parse("staircase", &yaml(0)) {
        Ok(_) => Err("a limit of 0 was taken".to_owned()),
        Err(mistakes) => {
            let mut words = mistakes.iter().map(|it| it.message.as_str());
            match words.any(|it| it == "no kernel can be told 0") {
                true => Ok(()),
                false => Err(format!("{mistakes:?}")),
            }
        }
    }
}

/// One step of the staircase.
pub(crate) fn climbs(lab: Lab, limit: u16) -> Result<(), String> {
    let text = yaml(limit);
    let scenario = scenario::parse("staircase", &text).map_err(|it| format!("{it:?}"))?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("staircase.yaml");
    fs::write(&file, text).map_err(|error| error.to_string())?;
    let recording = lab.run(&Wanted::file(&file, Engine::Vm))?.recording;
    let verdict = oracle::judge(&scenario, &recording);
    if !verdict.passed() {
        return Err(format!("{:?}", verdict.failures().collect::<Vec<_>>()));
    }
    let took = took(&recording)?;
    let waits: Duration = (0..=limit)
        .map(|count| Duration::from_secs(1 << count))
        .sum();
    let longest = Duration::from_secs(1 << limit);
    println!(
        "limit {limit}: {:.3} s for {} s",
        took.as_secs_f64(),
        waits.as_secs()
    );
    if took < waits || took > waits + width(longest) {
        return Err(format!(
            "limit {limit}: {} s instead of {} s",
            took.as_secs_f64(),
            waits.as_secs_f64()
        ));
    }
    Ok(())
}

/// The time from the first DATA that the fault swallowed until the path was unreachable.
fn took(recording: &Recording) -> Result<Duration, String> {
    let is_lost = |packet: &&recording::Packet| {
        packet.direction == Direction::Out
            && packet.fault.is_some()
            && packet
                .sctp()
                .ok()
                .and_then(|bytes| wire::Packet::decode(bytes).ok())
                .is_some_and(|sctp| sctp.chunks.iter().any(|it| matches!(it, Chunk::Data(_))))
    };
    let lost = recording.packets.iter().find(is_lost);
    let lost = lost.ok_or("no DATA was lost")?.at;
    Ok(noticed(recording).ok_or("it was not noticed")? - lost)
}

fn noticed(recording: &Recording) -> Option<Time> {
    let index = recording
        .observations
        .iter()
        .find_map(|it| match &it.event {
            Event::StepEnded {
                step,
                outcome: Outcome::Seen { observation },
            } if step == "noticed" => Some(*observation),
            _ => None,
        })?;
    recording.observations.get(index).map(|it| it.at)
}

/// With the default timers, the printed bound is no wider than the jitter that is on
/// record. The sum of all that the timers may vary is more than a minute.
pub(crate) fn default_failover_is_narrow(lab: Lab) -> Result<(), String> {
    let lesson = lesson("multihoming-failover");
    let recording = lab.run(&Wanted::of(&lesson, Engine::Vm))?.recording;
    let verdict = oracle::judge(&lesson.scenario, &recording);
    let noticed = verdict.judgements.iter().find(|it| it.name == "noticed");
    let noticed = noticed.ok_or("it was not judged")?;
    println!("{}", noticed.seen);
    let number = |name: &str| {
        let mut numbers = noticed.numbers.iter();
        match numbers.find(|it| it.name == name).map(|it| it.value) {
            Some(Amount::Time(time)) => Ok(time),
            _ => Err(format!("no {name}: {}", noticed.seen)),
        }
    };
    let width = number("bound-most")?.saturating_sub(number("bound-least")?);
    if width > Duration::from_secs(2) {
        return Err(format!("{} s wide: {}", width.as_secs_f64(), noticed.seen));
    }
    Ok(())
}
