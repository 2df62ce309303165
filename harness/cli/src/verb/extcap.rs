//! `sctp-lab extcap`: offers scenarios as interfaces of Wireshark. Answers the calls that
//! Wireshark makes to programs in its folder `extcap`
//! (<https://www.wireshark.org/docs/man-pages/extcap.html>).

mod install;
mod sentence;

use clap::Parser;

use super::capture;
use crate::args::{Cli, Extcap, Verb, Wireshark};
use crate::console;
use crate::exit::Exit;
use crate::library::{self, Loaded};

/// The beginning of an interface's name. The name of the scenario follows.
const PREFIX: &str = "sctp-lab-";

pub(crate) fn run(args: &Extcap) -> Exit {
    match answer(args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn answer(args: &Extcap) -> Result<Exit, Exit> {
    let Wireshark {
        interfaces,
        dlts,
        config,
        ..
    } = args.wireshark;
    let asked = &args.wireshark;
    if args.install {
        return install::install(args, &scenarios(args)?);
    }
    if interfaces {
        console::print(&sentence::interfaces(&scenarios(args)?));
        return Ok(Exit::Passed);
    }
    if dlts {
        console::print(sentence::DLT);
        return Ok(Exit::Passed);
    }
    if config {
        console::print(&sentence::settings());
        return Ok(Exit::Passed);
    }
    match (&asked.interface, &asked.filter) {
        (Some(interface), _) if asked.capture => Ok(capture_on(args, interface)),
        // Wireshark shows these words as the fault of the filter.
        (_, Some(filter)) if !filter.is_empty() => {
            console::print("no capture filter is known here: use a display filter\n");
            Ok(Exit::Passed)
        }
        (_, Some(_)) => Ok(Exit::Passed),
        _ => {
            console::error_with_remedy(
                "nothing to do: Wireshark calls this command",
                Some("sctp-lab extcap --install has it ask"),
            );
            Err(Exit::Wrong)
        }
    }
}

/// Captures on an interface, as `sctp-lab capture` does with the same options.
fn capture_on(args: &Extcap, interface: &str) -> Exit {
    let asked = &args.wireshark;
    let wanted = scenarios(args).and_then(|scenarios| {
        let mut scenarios = scenarios.into_iter();
        let wanted = scenarios.find(|it| sentence::interface(it) == interface);
        wanted.ok_or_else(|| {
            console::error(&format!("there is no interface {interface}"));
            Exit::Wrong
        })
    });
    let (scenario, fifo) = match (wanted, &asked.fifo) {
        (Ok(scenario), Some(fifo)) => (scenario, fifo),
        (Err(exit), _) => return exit,
        (_, None) => return Exit::Wrong,
    };
    let mut words = vec!["sctp-lab".into(), "capture".into()];
    words.push(scenario.path.into_os_string());
    words.extend(["--to".into(), fifo.clone().into_os_string()]);
    words.extend(asked.pace.map(|speed| format!("--pace={}", speed.0).into()));
    words.extend(asked.seed.map(|seed| format!("--seed={seed}").into()));
    match Cli::try_parse_from(words) {
        Ok(Cli {
            verb: Verb::Capture(args),
        }) => capture::run(&args),
        Ok(_) => Exit::Fault,
        Err(error) => {
            console::error(&error.to_string());
            Exit::Wrong
        }
    }
}

fn scenarios(args: &Extcap) -> Result<Vec<Loaded>, Exit> {
    let all = ["all".to_owned()];
    let wanted = match args.scenarios.as_slice() {
        [] => &all,
        named => named,
    };
    let found = library::load(wanted);
    if found.complain() | library::complain_of_namesakes(&found.loaded, "interface") {
        return Err(Exit::Wrong);
    }
    Ok(found.loaded)
}
