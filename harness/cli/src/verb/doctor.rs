use engine::native;
use engine::vm::{self, Cache, VmError};
use serde_json::{Value, json};

use crate::args::Doctor;
use crate::console;
use crate::exit::Exit;

pub(crate) fn run(args: &Doctor) -> Exit {
    let findings = findings();
    let usable = findings.iter().any(|finding| finding.usable);
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

/// What was found of one engine.
struct Finding {
    engine: &'static str,
    usable: bool,
    words: Vec<String>,
    lacks: Vec<(String, Option<String>)>,
}

impl Finding {
    fn json(&self) -> Value {
        let lack = |(words, remedy): &(String, Option<String>)| json!({"missing": words, "remedy": remedy});
        json!({
            "engine": self.engine,
            "usable": self.usable,
            "found": self.words,
            "lacks": self.lacks.iter().map(lack).collect::<Vec<_>>(),
        })
    }

    fn text(&self) -> String {
        let state = if self.usable {
            "can run here"
        } else {
            "cannot run here"
        };
        let mut text = format!("{} {state}\n", self.engine);
        for words in &self.words {
            text.push_str(&format!("  {words}\n"));
        }
        for (words, remedy) in &self.lacks {
            text.push_str(&format!("  {words}\n"));
            if let Some(remedy) = remedy {
                text.push_str(&format!("    mend it with: {remedy}\n"));
            }
        }
        text
    }
}

fn findings() -> [Finding; 2] {
    [of_native(), of_vm()]
}

fn of_native() -> Finding {
    let missing = native::probe();
    Finding {
        engine: "native",
        usable: missing.is_empty(),
        words: Vec::new(),
        lacks: missing
            .iter()
            .map(|missing| (missing.to_string(), missing.remedy()))
            .collect(),
    }
}

fn of_vm() -> Finding {
    let mut finding = Finding {
        engine: "vm",
        usable: false,
        words: Vec::new(),
        lacks: Vec::new(),
    };
    let cache = match Cache::of_user() {
        Ok(cache) => cache,
        Err(error) => {
            finding.lacks.push(lack(&error));
            return finding;
        }
    };
    let found = vm::probe(&cache);
    finding.usable = found.is_usable();
    finding.words.push(format!(
        "keeps what it fetches in {}",
        cache.root().display()
    ));
    match &found.qemu {
        Ok(_) => finding.words.push("has QEMU".to_owned()),
        Err(error) => finding.lacks.push(lack(error)),
    }
    match &found.kernel {
        Ok(kernel) => finding
            .words
            .push(format!("has kernel {} with SCTP", kernel.release())),
        Err(error) => finding.lacks.push(lack(error)),
    }
    if found.can_provision && !finding.lacks.is_empty() {
        finding
            .words
            .push("can get what it lacks by itself, at the first run".to_owned());
    }
    finding
}

fn lack(error: &VmError) -> (String, Option<String>) {
    (error.to_string(), error.remedy().map(str::to_owned))
}
