use serde_json::json;

use crate::args::List;
use crate::console;
use crate::exit::Exit;
use crate::library;

pub(crate) fn run(args: &List) -> Exit {
    let found = library::load(&["all".to_owned()]);
    let width = found
        .loaded
        .iter()
        .map(|it| it.name.len())
        .max()
        .unwrap_or(0);
    for it in &found.loaded {
        let line = if args.json {
            let rfc: Vec<String> = it.scenario.rfc.iter().map(ToString::to_string).collect();
            let object = json!({
                "format": 1,
                "name": it.name,
                "title": it.scenario.title,
                "rfc": rfc,
                "sabotages": it.scenario.sabotages.len(),
                "path": it.path,
            });
            console::json(&object)
        } else {
            format!(
                "{:width$}  {}\n",
                it.name,
                terminal::escape(&it.scenario.title)
            )
        };
        console::print(&line);
    }
    if found.complain() {
        Exit::Wrong
    } else {
        Exit::Passed
    }
}
