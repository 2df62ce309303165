//! `sctp-lab sweep`: runs a scenario with all values of its parameters.

mod cells;
mod kept;
mod merge;
mod results;

use std::path::PathBuf;
use std::time::Instant;

use sweep::{Grid, KERNEL, Manifest, Store};

use crate::args::{RunSweep, Sweep, What};
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::kernels;
use crate::library::{self, Loaded};
use crate::site;
use cells::{Cells, Ground};

pub(crate) fn run(args: &Sweep) -> Exit {
    let done = match &args.what {
        Some(What::Merge(args)) => merge::run(args),
        None => sweep(&args.run),
    };
    done.unwrap_or_else(|exit| exit)
}

fn sweep(args: &RunSweep) -> Result<Exit, Exit> {
    let started = Instant::now();
    let loaded = load(args)?;
    let progress = Progress::new();
    let mut site = args.site.clone();
    site::with_debian(&mut site, &progress)?;
    let kernels = match site.kernel.len() {
        0 | 1 => Vec::new(),
        _ => kernels::labels(&site.kernel),
    };
    complain_of_a_parameter(&loaded, &kernels)?;
    let grid = Grid::new(
        &loaded.name,
        &loaded.source,
        loaded.scenario.parameters.clone(),
    )
    .map_err(|mistakes| {
        console::mistakes(&mistakes, &loaded.name, &loaded.source);
        Exit::Wrong
    })?
    .on(kernels);
    let cells = Cells::of(&grid, args.shard)?;
    if args.dry_run {
        let count = cells.count();
        console::print(&format!("{count} cells, all of them good scenarios\n"));
        return Ok(Exit::Passed);
    }
    let folder = args
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from("swept").join(&loaded.name));
    let manifest = Manifest {
        format: 1,
        scenario: loaded.name.clone(),
        source: loaded.source.clone(),
        place: site::in_words(&site),
    };
    let store = Store::open(&folder, &manifest).map_err(|error| refused(&error))?;
    let mut grounds = Vec::new();
    for site in site::of_each_kernel(&site) {
        let ready = site::make_ready(&site, &[&loaded.scenario], args.json, &progress)?;
        grounds.push(Ground { site, ready });
    }
    let store = cells.run(args, &grounds, store, &progress, started)?;
    results::publish(&store, &loaded.scenario, args.json)
}

/// Loads the named scenario, with the values that the command line gives to parameters.
fn load(args: &RunSweep) -> Result<Loaded, Exit> {
    let wanted: Vec<String> = args.scenario.iter().cloned().collect();
    let mut found = library::load_with(&wanted, &args.site.set);
    if found.complain() | site::complain_of_options(&args.site) {
        return Err(Exit::Wrong);
    }
    let (Some(loaded), true) = (found.loaded.pop(), found.loaded.is_empty()) else {
        console::error("one scenario at a time");
        return Err(Exit::Wrong);
    };
    if loaded.scenario.parameters.is_empty() {
        let remedy = "write `parameters: {rto-min: [50ms, 100ms]}` into it, and `$rto-min` where \
                      the value is to stand";
        let words = format!("{} has no parameters", loaded.path.display());
        console::error_with_remedy(&words, Some(remedy));
        return Err(Exit::Wrong);
    }
    Ok(loaded)
}

/// Refuses a scenario with a parameter `kernel` on several kernels: in a row, this name
/// stands for the kernel.
fn complain_of_a_parameter(loaded: &Loaded, kernels: &[String]) -> Result<(), Exit> {
    let mut parameters = loaded.scenario.parameters.iter();
    if kernels.is_empty() || !parameters.any(|it| it.name == KERNEL) {
        return Ok(());
    }
    console::error_with_remedy(
        &format!("{} has a parameter `{KERNEL}`", loaded.path.display()),
        Some("give it another name: several kernels are told apart by `kernel`"),
    );
    Err(Exit::Wrong)
}

fn refused(error: &sweep::StoreError) -> Exit {
    use sweep::StoreError;
    let remedy = match error {
        StoreError::Foreign(_) | StoreError::Other(..) => Some("--out DIR puts it elsewhere"),
        _ => None,
    };
    console::error_with_remedy(&error.to_string(), remedy);
    match error {
        StoreError::Io { source, .. } => Exit::of_file(source),
        _ => Exit::Wrong,
    }
}
