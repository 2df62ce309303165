mod capture;

use std::path::Path;

use crate::args::Check;
use crate::console;
use crate::exit::Exit;
use crate::judged::{self, Judged};
use crate::library::{self, Loaded};
use crate::outcome;

pub(crate) fn run(args: &Check) -> Exit {
    let judged = match (&args.pcap, &args.recording) {
        (Some(file), _) => capture::judged(args, file),
        (None, Some(folder)) => open(args, folder),
        // The command line has been checked for it.
        (None, None) => Err(Exit::Wrong),
    };
    match judged {
        Ok(judged) => tell(args, &judged),
        Err(exit) => exit,
    }
}

fn tell(args: &Check, judged: &Judged) -> Exit {
    let Judged {
        recording, verdict, ..
    } = judged;
    let must = judged.must();
    if args.json {
        let mut line = outcome::json(recording, verdict);
        must.tell_in(&mut line, verdict);
        console::print(&console::json(&line));
    } else {
        let options = console::ladder_options(false);
        console::print(&report::verdict(verdict, recording, &options));
        console::print(&must.text(verdict));
    }
    Exit::of_verdict(must.is_good(verdict))
}

fn open(args: &Check, folder: &Path) -> Result<Judged, Exit> {
    let Some(name) = &args.scenario else {
        return Judged::open(folder);
    };
    let recording = judged::read(folder)?;
    Ok(Judged::of(recording, load(name)?.scenario))
}

/// Loads one scenario, or complains.
fn load(name: &str) -> Result<Loaded, Exit> {
    let mut found = library::load(&[name.to_owned()]);
    if found.complain() {
        return Err(Exit::Wrong);
    }
    found.loaded.pop().ok_or(Exit::Wrong)
}
