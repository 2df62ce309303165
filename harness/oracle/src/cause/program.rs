//! How a program ended whose output or sockets an expectation needs.

use recording::{Event, ProgramEnd, Time};

use crate::case::Case;

/// A program that failed before `until`, and how it ended.
pub(super) fn ended(case: Case<'_>, until: Time) -> Option<String> {
    let programs = case.scenario.programs.iter();
    let mut names = programs.map(|program| program.name.as_str());
    names.find_map(|name| {
        let mut ended = false;
        for it in &case.timeline.recording.observations {
            match &it.event {
                Event::ProgramStarted { endpoint, .. } if endpoint == name => ended = false,
                Event::ProgramEnded { endpoint, end } if endpoint == name && it.at <= until => {
                    ended = *end != ProgramEnd::Exited { status: 0 };
                }
                _ => {}
            }
        }
        ended.then(|| of(case, name, Time::ZERO)).flatten()
    })
}

/// How the program ended, or that it still ran, and the last line that it wrote.
pub(super) fn of(case: Case<'_>, at: &str, since: Time) -> Option<String> {
    let observations = &case.timeline.recording.observations;
    let mut state = None;
    let mut last = None;
    for it in observations {
        match &it.event {
            Event::ProgramStarted { endpoint, .. } if endpoint == at => {
                state = Some(format!("{at} still ran at the end of the run"));
            }
            Event::ProgramEnded { endpoint, end } if endpoint == at => {
                let before = match it.at < since {
                    true => ", before the lab looked at it",
                    false => "",
                };
                let when = it.at;
                state = Some(format!("{at} {end} at {when} s{before}"));
            }
            Event::Output { endpoint, line, .. } if endpoint == at && !line.trim().is_empty() => {
                last = Some(line);
            }
            _ => {}
        }
    }
    let last = last.map_or_else(
        || "it wrote nothing".to_owned(),
        |line| format!("the last that it wrote: {line}"),
    );
    state.map(|state| format!("{state}; {last}"))
}
