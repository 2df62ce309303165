//! `sctp-lab validate`: checks scenarios without running them.

use serde_json::json;

use crate::args::Validate;
use crate::console;
use crate::exit::Exit;
use crate::library;

pub(crate) fn run(args: &Validate) -> Exit {
    let found = library::load(&args.scenarios);
    if args.json {
        for wrong in &found.mistakes {
            for it in &wrong.diagnostics {
                let line = json!({
                    "format": 1,
                    "file": wrong.path,
                    "line": it.line,
                    "column": it.column,
                    "message": it.message,
                    "label": it.label,
                    "help": it.help,
                });
                console::print(&console::json(&line));
            }
        }
        for missing in &found.missing {
            console::error(missing);
        }
    } else if !found.complain() {
        let words = match found.loaded.as_slice() {
            [one] => format!("{} is a good scenario\n", one.path.display()),
            all => format!("{} good scenarios\n", all.len()),
        };
        console::print(&words);
    }
    if found.mistakes.is_empty() && found.missing.is_empty() {
        Exit::Passed
    } else {
        Exit::Wrong
    }
}
