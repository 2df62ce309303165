//! `sctp-lab check`: judges a recording again, or a capture from elsewhere.

mod capture;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use recording::Recording;

use crate::args::Check;
use crate::console;
use crate::exit::Exit;
use crate::judged::{self, Judged};
use crate::library::{self, Loaded};

pub(crate) fn run(args: &Check) -> Exit {
    let judged = match (&args.pcap, &args.recording) {
        (Some(file), _) => capture::judged(args, file),
        (None, Some(folder)) => open(args, folder),
        // The parser of the command line demands one of the two.
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
        console::print(&console::json(&judged.json()));
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
    let loaded = load(name)?;
    // No program runs again: the values that programs gave in the run are used.
    let said = said_in(&recording, &loaded);
    let scenario = match scenario::parse_captured(&loaded.name, &loaded.source, &said) {
        Ok((scenario, _)) => scenario,
        Err(mistakes) => {
            console::mistakes(&mistakes, name, &loaded.source);
            return Err(Exit::Wrong);
        }
    };
    Ok(Judged::of(recording, scenario))
}

/// The parameters whose values come from programs, with their values in the run.
fn said_in(recording: &Recording, loaded: &Loaded) -> BTreeMap<String, String> {
    let own = scenario::parse(&recording.info.scenario, &recording.scenario);
    let parameters = own.map(|it| it.parameters).unwrap_or_default();
    let captured: BTreeSet<&str> = loaded.scenario.captured().collect();
    let said = parameters.into_iter().filter_map(|it| {
        let value = it.values.into_iter().next()?;
        captured
            .contains(it.name.as_str())
            .then_some((it.name, value))
    });
    said.collect()
}

/// Loads one scenario, or complains.
fn load(name: &str) -> Result<Loaded, Exit> {
    let mut found = library::load(&[name.to_owned()]);
    if found.complain() {
        return Err(Exit::Wrong);
    }
    found.loaded.pop().ok_or(Exit::Wrong)
}
