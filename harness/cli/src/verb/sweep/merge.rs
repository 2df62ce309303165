//! `sctp-lab sweep merge`: puts the rows of several sweeps into one folder.

use std::collections::BTreeSet;
use std::path::Path;

use scenario::Scenario;
use sweep::{KERNEL, Manifest, Row, Rows, Store};

use super::{kept, refused, results};
use crate::args::Merge;
use crate::console;
use crate::exit::Exit;

/// The sweep in one folder.
struct Part<'p> {
    folder: &'p Path,
    manifest: Manifest,
    rows: Rows,
    /// The kernels of the rows that have no kernel among their parameters.
    kernels: BTreeSet<String>,
}

pub(super) fn run(args: &Merge) -> Result<Exit, Exit> {
    let parts = args.parts.iter().map(|folder| Part::open(folder));
    let parts: Vec<Part<'_>> = parts.collect::<Result<_, _>>()?;
    let Some(first) = parts.first() else {
        return Err(Exit::Wrong);
    };
    for other in &parts {
        first.must_go_with(other)?;
    }
    let manifest = &first.manifest;
    let scenario = scenario::parse(&manifest.scenario, &manifest.source).map_err(|mistakes| {
        console::mistakes(&mistakes, &manifest.scenario, &manifest.source);
        Exit::Wrong
    })?;
    // With several kernels, each row gets its kernel as a parameter, so that no line of the
    // summary mixes two kernels.
    let kernels: BTreeSet<&String> = parts.iter().flat_map(|it| &it.kernels).collect();
    let is_labelled = parts.iter().any(|it| it.has_labels().unwrap_or(false));
    let apart = kernels.len() > 1 || (is_labelled && !kernels.is_empty());
    if apart {
        complain_of_a_parameter(&scenario)?;
    }
    let manifest = Manifest {
        place: match apart {
            false => manifest.place.clone(),
            true => "the kernels of the parts".to_owned(),
        },
        ..manifest.clone()
    };
    let mut whole = Store::open(&args.out, &manifest).map_err(|error| refused(&error))?;
    for part in &parts {
        for row in part.rows.iter() {
            let row = row.map_err(|error| refused(&error))?;
            let cell = row.cell.clone();
            let row = match apart {
                true => told_apart(row),
                false => row,
            };
            if whole.has(&row.cell) {
                continue;
            }
            kept::take_over(part.folder, &cell, &args.out, &row.cell).map_err(|words| {
                console::error(&format!("the recording of {cell}: {words}"));
                Exit::CannotRun
            })?;
            whole.keep(&row).map_err(|error| refused(&error))?;
        }
    }
    results::publish(&whole, &scenario, args.json)
}

impl<'p> Part<'p> {
    fn open(folder: &'p Path) -> Result<Self, Exit> {
        let manifest = Manifest::of(folder).map_err(|error| refused(&error))?;
        let rows = Rows::of(folder).map_err(|error| refused(&error))?;
        let mut kernels = BTreeSet::new();
        for row in rows.iter() {
            let row = row.map_err(|error| refused(&error))?;
            if !row.parameters.contains_key(KERNEL) {
                kernels.extend(kernel(&row));
            }
        }
        Ok(Self {
            folder,
            manifest,
            rows,
            kernels,
        })
    }

    /// Whether the rows name their kernels, as those of a sweep on several kernels do.
    fn has_labels(&self) -> Option<bool> {
        let first = self.rows.get(0)?.ok()?;
        Some(first.parameters.contains_key(KERNEL) && !self.has_a_parameter())
    }

    fn has_a_parameter(&self) -> bool {
        let scenario = scenario::parse(&self.manifest.scenario, &self.manifest.source);
        scenario.is_ok_and(|it| it.parameters.iter().any(|it| it.name == KERNEL))
    }

    /// Complains if the other part is a sweep of another scenario, text or version.
    fn must_go_with(&self, other: &Self) -> Result<(), Exit> {
        let (one, two) = (self.folder.display(), other.folder.display());
        let (a, b) = (&self.manifest, &other.manifest);
        let (words, remedy) = if a.scenario != b.scenario {
            let words = format!(
                "{one} is a sweep of `{}`, {two} one of `{}`",
                a.scenario, b.scenario
            );
            (words, "merge sweeps of one scenario")
        } else if a.source != b.source {
            let words = format!(
                "{one} and {two} are sweeps of different texts of `{}`",
                a.scenario
            );
            (
                words,
                "sweep each part from the same file, with the same --set",
            )
        } else if a.format != b.format {
            (
                format!("{one} and {two} are of different versions of the lab"),
                "sweep each part with the same version",
            )
        } else {
            return Ok(());
        };
        console::error_with_remedy(&words, Some(remedy));
        Err(Exit::Wrong)
    }
}

/// The kernel that a row ran on, and the engine, which decides whether time is virtual.
fn kernel(row: &Row) -> Option<String> {
    let engine = row.engine?;
    Some(format!("{} ({engine})", row.kernel.as_ref()?))
}

fn told_apart(row: Row) -> Row {
    if row.parameters.contains_key(KERNEL) {
        return row;
    }
    let kernel = kernel(&row).unwrap_or_else(|| "unknown".to_owned());
    row.among_kernels(&kernel)
}

fn complain_of_a_parameter(scenario: &Scenario) -> Result<(), Exit> {
    if !scenario.parameters.iter().any(|it| it.name == KERNEL) {
        return Ok(());
    }
    console::error_with_remedy(
        "the parts ran on several kernels, and the scenario has a parameter `kernel`",
        Some("give it another name: several kernels are told apart by `kernel`"),
    );
    Err(Exit::Wrong)
}
