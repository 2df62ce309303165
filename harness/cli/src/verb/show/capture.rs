//! The ladder of a capture.

use std::cell::RefCell;
use std::path::PathBuf;

use report::{Hosts, LadderOptions, Line};
use trace::CaptureError;

use super::legend::{Legend, beside};
use crate::args::{ClockChoice, Show};
use crate::console;
use crate::exit::Exit;
use crate::known::Known;
use crate::verb::diagnose::capture_of;

/// Draws a capture while reading it, so that memory does not grow with the capture.
pub(super) fn show(args: &Show) -> Exit {
    if args.form.flow {
        console::error("a capture has no steps, and so no flow");
        return Exit::Wrong;
    }
    match try_to(args) {
        Ok(exit) => exit,
        Err(error) => {
            console::error(&error.to_string());
            Exit::of_capture(&error)
        }
    }
}

/// Draws the captures up to a damage, and returns the damage as the error.
fn try_to(args: &Show) -> Result<Exit, CaptureError> {
    // Among several arguments, a recording stands for the capture in it.
    let files: Vec<PathBuf> = args.recordings.iter().map(|it| capture_of(it)).collect();
    let damage = RefCell::new(None);
    let known = Known::of_all(&files)?;
    let hosts = known.hosts();
    if args.time == ClockChoice::Day && known.start_ns().is_none() {
        return Ok(super::no_time_of_day());
    }
    let options = LadderOptions {
        gutter: known.gutter(args.time),
        ..console::ladder_options(args.full)
    };
    let lines = || -> Result<_, CaptureError> {
        let lines = known.lines(&files, &hosts, &damage, args.full)?;
        Ok(lines.filter(|line| args.shows(line.at)))
    };
    let form = &args.form;
    if form.json {
        let start_ns = known.start_ns();
        console::print_all(lines()?.map(|line| json(&line, &hosts, start_ns)));
    } else if form.svg {
        let size = lines()?.count();
        let titles = args.recordings.iter().map(|it| it.display().to_string());
        let title = titles.collect::<Vec<_>>().join(", ");
        console::print_all(report::svg_of(&title, &hosts, size, lines()?));
    } else if form.mermaid {
        console::print_all(report::mermaid_of(&hosts, lines()?));
    } else {
        if let Some(survey) = known.survey() {
            console::print(&format!("{}{}\n", beside(&known), Legend(survey)));
        }
        console::print_all(report::draw(lines()?, &hosts, &options));
    }
    damage.into_inner().map_or(Ok(Exit::Passed), Err)
}

fn json(line: &Line, hosts: &Hosts, start_ns: Option<u64>) -> String {
    let at = line.at;
    let mut line = report::line_json(line, hosts);
    if let Some(start_ns) = start_ns {
        line["time"] = report::date(start_ns, at).into();
    }
    line["format"] = 1.into();
    console::json(&line)
}
