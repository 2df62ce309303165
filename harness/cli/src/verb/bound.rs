//! `sctp-lab bound`: computes how long something may take, without a run.

mod table;
mod timers;

use bounds::{Driver, Forecast, SetUp, Span, Stack, Timing};
use serde_json::{Value, json};

use crate::args::{Bound, StackChoice, Which};
use crate::console;
use crate::exit::Exit;

/// A forecast, with the timers and the RTO that it was computed from.
struct Reckoned {
    forecast: Forecast,
    timing: Timing,
    /// The RTO at the beginning.
    rto: Span,
}

pub(crate) fn run(args: &Bound) -> Exit {
    let mut reckoned = Vec::new();
    for choice in &args.stacks {
        match timers::of(args, stack(*choice)) {
            Ok(timing) => reckoned.push(reckon(args, stack(*choice), timing)),
            Err(timers::Wrong::Said) => return Exit::Wrong,
            Err(timers::Wrong::Words(words)) => {
                console::error(&words);
                return Exit::Wrong;
            }
        }
    }
    if args.json {
        for it in &reckoned {
            console::print(&console::json(&object(args, it)));
        }
    } else {
        console::print(&table::text(args, &reckoned));
    }
    Exit::Passed
}

fn stack(choice: StackChoice) -> &'static Stack {
    match choice {
        StackChoice::Rfc => &Stack::RFC,
        StackChoice::Linux => &Stack::LINUX,
        StackChoice::Freebsd => &Stack::FREEBSD,
    }
}

fn reckon(args: &Bound, stack: &Stack, timing: Timing) -> Reckoned {
    let given = args.rto.map(|timer| Span::from(timer.0));
    let rto = given.unwrap_or(timing.rto_min.into());
    let driver = if args.idle {
        Driver::Heartbeats
    } else {
        Driver::Data
    };
    let paths = usize::from(args.paths.0.get());
    let forecast = match args.bound {
        Which::Failover => bounds::failover(stack, driver, rto, &timing),
        Which::Heartbeat => {
            // The errors that made the path unreachable have doubled the RTO, up to RTO.Max.
            let rto = given.unwrap_or(timing.rto_max.into());
            let round_trip = args.round_trip.map_or(Span::ZERO, |it| it.0.into());
            bounds::heartbeat(stack, rto, round_trip, &timing)
        }
        Which::Association => bounds::association(stack, driver, &vec![rto; paths], &timing),
        Which::Init if args.cookie => bounds::init(stack, SetUp::Cookie, paths, &timing),
        Which::Init => bounds::init(stack, SetUp::Init, paths, &timing),
        Which::Shutdown => bounds::shutdown(stack, rto, &timing),
    };
    Reckoned {
        forecast,
        timing,
        rto,
    }
}

fn object(args: &Bound, it: &Reckoned) -> Value {
    let gaps: Vec<Value> = it
        .forecast
        .gaps
        .iter()
        .map(|gap| {
            json!({
                "timer": gap.timer.name(),
                "rto-ns": gap.rto.as_nanos(),
                "least-ns": gap.interval.least.as_nanos(),
                "most-ns": gap.interval.most.as_nanos(),
                "errors": gap.errors,
            })
        })
        .collect();
    let range = |span: Span| it.forecast.never.is_none().then_some(span.as_nanos());
    json!({
        "format": 1,
        "bound": table::word(args.bound),
        "stack": it.forecast.stack,
        "timers": it.timing,
        "rto-ns": it.rto.as_nanos(),
        "gaps": gaps,
        "least-ns": range(it.forecast.interval.least),
        "most-ns": range(it.forecast.interval.most),
        "never": it.forecast.never,
        "rules": it.forecast.rules,
    })
}
