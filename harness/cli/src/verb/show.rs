//! `sctp-lab show`: draws the ladder of a recording or of captures.

mod capture;
mod legend;

use std::time::Duration;

use recording::Time;
use report::{Excerpt, Hosts, LadderOptions};

use crate::args::{ClockChoice, Form, Show};
use crate::console;
use crate::exit::Exit;
use crate::judged;
pub(crate) use legend::{Legend, beside};

pub(crate) fn run(args: &Show) -> Exit {
    let recording = match args.recordings.as_slice() {
        [only] if !only.is_file() => only,
        _ => return capture::show(args),
    };
    if args.time == ClockChoice::Day {
        return no_time_of_day();
    }
    let recording = match judged::read(recording) {
        Ok(recording) => recording,
        Err(exit) => return exit,
    };
    let options = console::ladder_options(args.full);
    let (from, until) = args.span();
    let excerpt = Excerpt {
        recording: &recording,
        from,
        until,
    };
    print(&args.form, &excerpt, &options);
    Exit::Passed
}

fn no_time_of_day() -> Exit {
    console::error("--time day is of captures from elsewhere: a run has a clock of its own");
    Exit::Wrong
}

fn print(form: &Form, excerpt: &Excerpt<'_>, options: &LadderOptions) {
    if form.json {
        let hosts = Hosts::of(&excerpt.recording.interfaces);
        console::print_all(
            report::ladder_json(excerpt, &hosts, options).map(|mut line| {
                line["format"] = 1.into();
                console::json(&line)
            }),
        );
        return;
    }
    let text = match form {
        Form { flow: true, .. } => report::flow_snapshot(excerpt.recording),
        Form { svg: true, .. } => report::svg(excerpt, options),
        Form { mermaid: true, .. } => report::mermaid(excerpt, options),
        _ => report::ladder_of(excerpt, options),
    };
    console::print(&text);
}

impl Show {
    /// The first and the last moment that are shown.
    fn span(&self) -> (Duration, Duration) {
        (
            Duration::try_from_secs_f64(self.from).unwrap_or_default(),
            Duration::try_from_secs_f64(self.until).unwrap_or(Duration::MAX),
        )
    }

    fn shows(&self, at: Time) -> bool {
        let (from, until) = self.span();
        (from..=until).contains(&at.since_start())
    }
}
