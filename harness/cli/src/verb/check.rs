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
    let sabotage = judged.sabotage();
    if args.json {
        let mut line = outcome::json(recording, verdict);
        line["proof"] = outcome::proof_json(sabotage, verdict);
        console::print(&console::json(&line));
    } else {
        let options = console::ladder_options(false);
        console::print(&report::verdict(verdict, recording, &options));
        if let Some(sabotage) = sabotage {
            console::print(&outcome::sabotage_text(sabotage, verdict));
        }
    }
    Exit::of_verdict(outcome::good(sabotage, verdict))
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
