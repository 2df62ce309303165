//! `sctp-lab view`: opens a capture in the terminal.

mod load;

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;
use view::{Ended, Looks};

use crate::args::{ClockChoice, View};
use crate::console;
use crate::exit::Exit;
use crate::verb::diagnose::capture_of;
use load::Reading;

pub(crate) fn run(args: &View) -> Exit {
    if let Err(why) = has_terminal() {
        let remedy = format!("sctp-lab show {} --full", args.file.display());
        console::error_with_remedy(&format!("view needs a terminal, and {why}"), Some(&remedy));
        return Exit::Wrong;
    }
    let file = capture_of(&args.file);
    let reading = Reading::new(file, args.follow);
    let failure = reading.failure();
    let looks = Looks {
        title: args.file.display().to_string(),
        has_color: console::color(),
        is_time_of_day: args.time == ClockChoice::Day,
        stays_last: args.follow,
    };
    // A signal that ended the process at once would leave the picture in the terminal.
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGHUP, SIGINT] {
        let _ = flag::register(signal, Arc::clone(&stop));
    }
    match view::view(reading, looks, &stop) {
        Ok(Ended::Left) => Exit::Passed,
        Ok(Ended::Nothing) => failure.tell(),
        Err(error) => {
            console::error(&format!("the terminal: {error}"));
            Exit::CannotRun
        }
    }
}

/// Whether there is a terminal to draw on; the error says why there is none.
fn has_terminal() -> Result<(), &'static str> {
    if !std::io::stdout().is_terminal() {
        return Err("standard output is not a terminal");
    }
    if !std::io::stdin().is_terminal() {
        return Err("standard input is not a terminal");
    }
    match std::env::var_os("TERM") {
        Some(term) if term == "dumb" => Err("this one cannot move its cursor (TERM=dumb)"),
        _ => Ok(()),
    }
}
