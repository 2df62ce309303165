//! `sctp-lab doctor`: shows which engines can run on this machine, and what the others
//! lack.

use engine::{Lack, Probed};
use recording::Engine;
use serde_json::{Value, json};

use crate::args::Doctor;
use crate::console;
use crate::exit::Exit;

pub(crate) fn run(args: &Doctor) -> Exit {
    // The state of another machine is known only there.
    let here = engine::kinds().into_iter();
    let findings: Vec<Finding> = here
        .filter(|kind| kind.engine() != Engine::Box)
        .map(|kind| Finding {
            engine: kind.engine(),
            found: kind.probe(),
        })
        .collect();
    let usable = findings.iter().any(|finding| finding.found.usable);
    if args.json {
        let all: Vec<Value> = findings.iter().map(Finding::json).collect();
        console::print(&console::json(&json!({"format": 1, "engines": all})));
    } else {
        for finding in &findings {
            console::print(&finding.text());
        }
    }
    if usable {
        Exit::Passed
    } else {
        Exit::CannotRun
    }
}

/// The findings about one engine.
struct Finding {
    engine: Engine,
    found: Probed,
}

impl Finding {
    fn json(&self) -> Value {
        let lack = |lack: &Lack| json!({"missing": lack.words, "remedy": lack.remedy});
        json!({
            "engine": self.engine,
            "usable": self.found.usable,
            "found": self.found.words,
            "lacks": self.found.lacks.iter().map(lack).collect::<Vec<_>>(),
        })
    }

    fn text(&self) -> String {
        let state = if self.found.usable {
            "can run here"
        } else {
            "cannot run here"
        };
        let mut text = format!("{} {state}\n", self.engine);
        for words in &self.found.words {
            text.push_str(&format!("  {words}\n"));
        }
        for lack in &self.found.lacks {
            text.push_str(&format!("  {}\n", lack.words));
            if let Some(remedy) = &lack.remedy {
                text.push_str(&format!("    mend it with: {remedy}\n"));
            }
        }
        text
    }
}
