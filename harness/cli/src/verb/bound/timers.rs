//! The timers for `sctp-lab bound`: from the command line, a scenario, a profile, or the
//! stack's defaults.

use bounds::{Stack, Timing};
use scenario::{Endpoint, Profile, Scenario, Timers};

use crate::args::{Bound, StackChoice};
use crate::given::Timer;
use crate::library;

/// Why there are no timers.
pub(super) enum Wrong {
    /// The scenario is wrong, and its mistakes have been printed.
    Said,
    /// The reason, in words.
    Words(String),
}

/// The timers in force: those of the command line, else those of the scenario's endpoint or
/// of the profile, else the stack's defaults.
pub(super) fn of(args: &Bound, stack: &Stack) -> Result<Timing, Wrong> {
    let profile = args.profile.as_deref().and_then(Profile::named);
    let (mut timing, tunes_initial) = match (&args.scenario, profile) {
        (Some(name), _) => of_scenario(name, args.endpoint.as_deref())?,
        (None, Some(profile)) => of_profile(profile),
        (None, None) => (Timing::DEFAULT, false),
    };
    if !tunes_initial {
        timing.rto_initial = stack.rto_initial.is.into();
    }
    let time = |own: &mut std::time::Duration, given: Option<Timer>| {
        if let Some(Timer(given)) = given {
            *own = given;
        }
    };
    time(&mut timing.rto_initial, args.rto_initial);
    time(&mut timing.rto_min, args.rto_min);
    time(&mut timing.rto_max, args.rto_max);
    time(&mut timing.max_init_timeout, args.max_init_timeout);
    let number = |own: &mut u16, given: Option<u16>| *own = given.unwrap_or(*own);
    number(&mut timing.path_max_retrans, args.path_max_retrans);
    number(
        &mut timing.association_max_retrans,
        args.association_max_retrans,
    );
    number(&mut timing.max_init_retransmits, args.max_init_retransmits);
    match args.heartbeat.as_deref() {
        Some("off") => timing.heartbeats = false,
        Some(text) => timing.heartbeat_interval = heartbeat(text)?,
        None => {}
    }
    match args.potentially_failed.as_deref() {
        Some("off") => timing.potentially_failed = None,
        Some(text) => timing.potentially_failed = Some(threshold(text)?),
        None => {}
    }
    let default = Timing::DEFAULT.rto_min;
    if timing.rto_min > timing.rto_max && args.rto_min.is_none() && timing.rto_min == default {
        timing.rto_min = timing.rto_max;
    }
    if timing.rto_min > timing.rto_max {
        return Err(Wrong::Words(
            "RTO.Min is more than RTO.Max: give a shorter --rto-min, or a longer --rto-max"
                .to_owned(),
        ));
    }
    if args.stacks.contains(&StackChoice::Freebsd)
        && stack.name == Stack::FREEBSD.name
        && args.potentially_failed.is_none()
        && args.scenario.is_none()
    {
        // FreeBSD's default threshold is Path.Max.Retrans: a path becomes unreachable
        // without being potentially failed before.
        timing.potentially_failed = Some(timing.path_max_retrans);
    }
    Ok(timing)
}

fn heartbeat(text: &str) -> Result<std::time::Duration, Wrong> {
    let timer: Result<Timer, String> = text.parse();
    timer
        .map(|Timer(time)| time)
        .map_err(|why| Wrong::Words(format!("--heartbeat: {why}, or `off`")))
}

fn threshold(text: &str) -> Result<u16, Wrong> {
    text.parse().map_err(|_| {
        let words = format!(
            "--potentially-failed: `{text}` is no threshold: expected 0 to 65535, or `off`"
        );
        Wrong::Words(words)
    })
}

/// The timers of a profile, and whether RTO.Initial is among them.
fn of_profile(profile: &Profile) -> (Timing, bool) {
    let (own, default) = (&profile.timers, Timing::DEFAULT);
    let timing = Timing {
        rto_initial: own.rto_initial.unwrap_or(default.rto_initial),
        rto_min: own.rto_min.unwrap_or(default.rto_min),
        rto_max: own.rto_max.unwrap_or(default.rto_max),
        heartbeat_interval: own.heartbeat_interval.unwrap_or(default.heartbeat_interval),
        path_max_retrans: own.path_max_retrans.unwrap_or(default.path_max_retrans),
        association_max_retrans: own
            .association_max_retrans
            .unwrap_or(default.association_max_retrans),
        max_init_retransmits: own
            .max_init_retransmits
            .unwrap_or(default.max_init_retransmits),
        sack_delay: own.sack_delay.unwrap_or(default.sack_delay),
        potentially_failed: own.potentially_failed.or(default.potentially_failed),
        ..default
    };
    (timing, own.rto_initial.is_some())
}

/// The timers of an endpoint, and whether the scenario sets its RTO.Initial.
fn of_scenario(name: &str, endpoint: Option<&str>) -> Result<(Timing, bool), Wrong> {
    let mut found = library::load(&[name.to_owned()]);
    if found.complain() {
        return Err(Wrong::Said);
    }
    let Some(loaded) = found.loaded.pop() else {
        return Err(Wrong::Said);
    };
    let scenario = &loaded.scenario;
    let endpoint = pick(scenario, endpoint)?;
    let timing = scenario.timing(endpoint);
    let tunes_initial =
        timing.rto_initial != Timing::DEFAULT.rto_initial || endpoint.timers.rto_initial.is_some();
    Ok((timing, tunes_initial))
}

fn pick<'s>(scenario: &'s Scenario, name: Option<&str>) -> Result<&'s Endpoint, Wrong> {
    let endpoints = &scenario.endpoints;
    let Some(name) = name else {
        let tuned = endpoints.iter().find(|it| it.timers != Timers::default());
        return tuned
            .or(endpoints.first())
            .ok_or_else(|| Wrong::Words("the scenario has no endpoint".to_owned()));
    };
    let of_name = endpoints.iter().find(|it| it.name.as_str() == name);
    of_name.ok_or_else(|| {
        let names: Vec<String> = endpoints.iter().map(|it| it.name.to_string()).collect();
        let help = library::hint(name, &names)
            .unwrap_or_else(|| format!("there are {}", names.join(", ")));
        Wrong::Words(format!("the scenario has no endpoint `{name}`; {help}"))
    })
}
