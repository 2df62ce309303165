//! `sctp-lab kernel`: builds, fetches, lists and removes kernels. Its verbs `try` and
//! `coverage` have files of their own.

mod coverage;
mod tried;

use engine::uml::{self, Instruments, Source};
use engine::vm::{self, Cache, Discarded, Stock};
use serde_json::json;

use crate::args::{Kernel, KernelBuild};
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::site;

pub(crate) fn run(args: &Kernel) -> Exit {
    let cache = match Cache::of_user() {
        Ok(cache) => cache,
        Err(error) => return site::refused_by_engine(&error),
    };
    match args {
        Kernel::Build(args) => build(&cache, args),
        Kernel::Try(args) => tried::run(&cache, args),
        Kernel::Coverage(args) => coverage::run(&cache, args),
        Kernel::Fetch { json } => fetch(&cache, *json),
        Kernel::List { json } => list(&cache, *json),
        Kernel::Remove { names } => remove(&cache, names),
    }
}

fn build(cache: &Cache, args: &KernelBuild) -> Exit {
    for path in args.source.iter().chain(&args.kernel) {
        if !path.exists() {
            console::error(&format!("{}: no such file or folder", path.display()));
            return Exit::Wrong;
        }
    }
    let source = match (&args.source, &args.kernel) {
        (Some(tree), _) => Source::Tree(tree.clone()),
        (None, Some(path)) => Source::Finished(path.clone()),
        (None, None) => Source::Debian,
    };
    let instruments = Instruments {
        kasan: args.kasan,
        coverage: args.coverage,
    };
    let progress = Progress::new();
    let built = uml::build(cache, &source, instruments, &mut |news| {
        progress.hear(news);
    });
    progress.done();
    match built {
        Ok((name, kernel)) => {
            let path = kernel.path().display();
            console::print(&format!("{name}: {path}\n"));
            Exit::Passed
        }
        Err(error) => site::refused_by_engine(&error),
    }
}

fn fetch(cache: &Cache, as_json: bool) -> Exit {
    let progress = Progress::new();
    let fetched = vm::fetch(cache, &mut |news| progress.hear(news));
    progress.done();
    match fetched {
        Ok(stock) => {
            tell_stock(&stock, as_json);
            Exit::Passed
        }
        Err(error) => site::refused_by_engine(&error),
    }
}

fn tell_stock(stock: &[Stock], as_json: bool) {
    for one in stock {
        let path = one.image.as_ref().map(|it| it.display().to_string());
        tell(&one.name, None, path.as_deref(), as_json);
    }
}

/// Prints one kernel in a line.
fn tell(name: &str, release: Option<&str>, path: Option<&str>, as_json: bool) {
    let line = match as_json {
        true => json!({"format": 1, "name": name, "release": release, "path": path}).to_string(),
        false => format!("{name:24} {}", path.unwrap_or("damaged")),
    };
    console::print(&format!("{line}\n"));
}

fn list(cache: &Cache, as_json: bool) -> Exit {
    let mut shelved = uml::shelved(cache);
    shelved.reverse();
    if shelved.is_empty() && !as_json {
        console::tell("no kernel is built yet: sctp-lab kernel build");
    }
    for one in shelved {
        let path = one
            .kernel
            .as_ref()
            .map(|it| it.path().display().to_string());
        let release = one.kernel.as_ref().map(|it| it.release());
        tell(&one.name, release, path.as_deref(), as_json);
    }
    tell_stock(&vm::stock(cache), as_json);
    Exit::Passed
}

fn remove(cache: &Cache, names: &[String]) -> Exit {
    let mut worst = Exit::Passed;
    for name in names {
        let done = match uml::remove(cache, name) {
            Discarded::NotThere => vm::remove_stock(cache, name),
            done => done,
        };
        let (words, remedy, exit) = match done {
            Discarded::Removed => continue,
            Discarded::NotThere => (
                format!("there is no kernel {name}"),
                "sctp-lab kernel list names those that are there",
                Exit::Wrong,
            ),
            Discarded::InUse => (
                format!("kernel {name} stays: another sctp-lab is using it"),
                "run the command again when that one has ended",
                Exit::CannotRun,
            ),
            Discarded::Failed(error) => (
                format!("kernel {name} cannot be removed: {error}"),
                "sctp-lab kernel list names its folder",
                Exit::CannotRun,
            ),
        };
        console::error_with_remedy(&words, Some(remedy));
        worst = worst.max(exit);
    }
    worst
}
