//! `sctp-lab sweep merge`: the rows of several sweeps in one folder.

use sweep::{Manifest, Store};

use super::{refused, results};
use crate::args::Merge;
use crate::console;
use crate::exit::Exit;

pub(super) fn run(args: &Merge) -> Result<Exit, Exit> {
    let mut manifests = Vec::new();
    for part in &args.parts {
        let manifest = Manifest::of(part).map_err(|error| refused(&error))?;
        manifests.push(manifest);
    }
    let Some(manifest) = manifests.first() else {
        return Err(Exit::Wrong);
    };
    let scenario = scenario::parse(&manifest.scenario, &manifest.source).map_err(|mistakes| {
        console::mistakes(&mistakes, &manifest.scenario, &manifest.source);
        Exit::Wrong
    })?;
    let mut whole = Store::open(&args.out, manifest).map_err(|error| refused(&error))?;
    for (part, own) in args.parts.iter().zip(&manifests) {
        if own != manifest {
            let words = format!(
                "{} and {} are sweeps of different scenarios or kernels",
                args.parts[0].display(),
                part.display()
            );
            console::error(&words);
            return Err(Exit::Wrong);
        }
        let rows = Store::rows_in(part).map_err(|error| refused(&error))?;
        for row in rows {
            whole.keep(&row).map_err(|error| refused(&error))?;
        }
    }
    results::publish(&whole, &scenario, args.json)
}
