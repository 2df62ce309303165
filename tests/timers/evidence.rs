//! Compares the tables of `docs/evidence.md`, which shows what a real kernel does beside what
//! others measured, with new runs of their sweeps. Sweeps without chance are always run, in
//! the `vm` engine. Sweeps with chance are run in the `uml` engine, only with `--ignored`.

use std::path::Path;

use libtest_mimic::Trial;
use recording::Engine;
use serde_json::Value;
use tests::{Lab, Need, repository};

/// A sweep, and what its table shows.
#[derive(Clone, Copy)]
struct Shown {
    sweep: &'static str,
    /// The parameters, each with its heading in the table.
    parameters: &'static [(&'static str, &'static str)],
    columns: &'static [Column],
    /// The number of lines of the table.
    lines: usize,
    /// The engine. Sweeps in `uml` take long, and are run only when they are asked for.
    engine: Engine,
}

/// The median of a number, or a figure that is computed from it.
#[derive(Clone, Copy)]
struct Column {
    number: &'static str,
    heading: &'static str,
    show: fn(f64) -> String,
}

const ALL: &[Shown] = &[
    Shown {
        sweep: "path-max-retrans",
        parameters: &[("limit", "Path.Max.Retrans")],
        columns: &[Column {
            number: "tried",
            heading: "unreachable after, s",
            show: tenths,
        }],
        lines: 5,
        engine: Engine::Vm,
    },
    Shown {
        sweep: "rto-max",
        parameters: &[
            ("rto-min", "RTO.Min"),
            ("rto-max", "RTO.Max"),
            ("limit", "Path.Max.Retrans"),
        ],
        columns: &[Column {
            number: "tried",
            heading: "unreachable after, s",
            show: cut,
        }],
        lines: 8,
        engine: Engine::Vm,
    },
    Shown {
        sweep: "sack-delay",
        parameters: &[("sack-delay", "SACK delay"), ("rto-min", "RTO.Min")],
        columns: &[Column {
            number: "again.spurious",
            heading: "sent again in vain, of 20",
            show: whole,
        }],
        lines: 12,
        engine: Engine::Vm,
    },
    Shown {
        sweep: "failover-by-delay",
        parameters: &[("delay", "delay"), ("sack-delay", "SACK delay")],
        columns: &[Column {
            number: "failover",
            heading: "failover, s",
            show: whole,
        }],
        lines: 6,
        engine: Engine::Uml,
    },
    Shown {
        sweep: "small-messages",
        parameters: &[("size", "message, bytes"), ("nodelay", "SCTP_NODELAY")],
        columns: &[Column {
            number: "cost",
            heading: "sent for each, bytes",
            show: |bytes| whole(bytes / 1000.0),
        }],
        lines: 4,
        engine: Engine::Vm,
    },
    Shown {
        sweep: "where-again",
        parameters: &[("loss", "loss"), ("other-delay", "delay of the other path")],
        columns: &[
            Column {
                number: "same.all",
                heading: "again on the same path",
                show: whole,
            },
            Column {
                number: "other.all",
                heading: "again on the other",
                show: whole,
            },
            Column {
                number: "message.p99",
                heading: "99 of 100 arrive within, ms",
                show: |time| whole(time * 1000.0),
            },
        ],
        lines: 4,
        engine: Engine::Uml,
    },
    Shown {
        sweep: "transactions",
        parameters: &[("delay", "delay"), ("loss", "loss")],
        columns: &[Column {
            number: "exchanged",
            heading: "transaction, ms",
            show: |rate| tenths(4_000_000.0 / rate),
        }],
        lines: 8,
        engine: Engine::Uml,
    },
];

pub(crate) fn all(lab: Lab, vm: &Need) -> Vec<Trial> {
    let uml = Need::uml();
    let page = trials::test("evidence::the-page-has-the-tables", || {
        Ok(the_page_has_all()?)
    });
    let runs = ALL.iter().map(|shown| {
        let is_long = shown.engine == Engine::Uml;
        let need = if is_long { &uml } else { vm };
        let name = format!("evidence::{}", shown.sweep);
        match need.trial(name, move || Ok(comes_out(lab, shown)?)) {
            trial if is_long => trial.with_ignored_flag(true),
            trial => trial,
        }
    });
    std::iter::once(page).chain(runs).collect()
}

fn whole(number: f64) -> String {
    format!("{number:.0}")
}

fn tenths(number: f64) -> String {
    format!("{number:.1}")
}

/// Tenths of a second, cut off. Where among the kernel's ticks the first expiry falls makes
/// up to 20 ms, which differ from one release to the next.
fn cut(time: f64) -> String {
    tenths(((time - 0.02) * 10.0).floor() / 10.0)
}

fn comes_out(lab: Lab, shown: &Shown) -> Result<(), String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = lab.command();
    command
        .arg("sweep")
        .arg(format!("--engine={}", shown.engine));
    command.args(["--json", "--out"]);
    command.arg(out.path().join("out"));
    command.arg(repository().join(format!("sweeps/{}.yaml", shown.sweep)));
    let answer = command.output().map_err(|error| error.to_string())?;
    if !answer.status.success() {
        return Err(String::from_utf8_lossy(&answer.stderr).into_owned());
    }
    let said = String::from_utf8_lossy(&answer.stdout);
    let points: Result<Vec<Value>, _> = said.lines().map(serde_json::from_str).collect();
    let table = table(shown, &points.map_err(|error| error.to_string())?)?;
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(snapshots());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(shown.sweep, table));
    Ok(())
}

/// The table as the page shows it.
fn table(shown: &Shown, points: &[Value]) -> Result<String, String> {
    if points.len() != shown.lines {
        return Err(format!("{} points, not {}", points.len(), shown.lines));
    }
    let headings = shown.parameters.iter().map(|(_, heading)| *heading);
    let headings: Vec<&str> = headings
        .chain(shown.columns.iter().map(|it| it.heading))
        .collect();
    let rule = "---|".repeat(headings.len());
    let mut lines = vec![row(&headings), format!("|{rule}")];
    for point in points {
        let mut cells = Vec::new();
        for (name, _) in shown.parameters {
            let value = point["parameters"][name].as_str();
            cells.push(
                value
                    .ok_or_else(|| format!("no {name}: {point}"))?
                    .to_owned(),
            );
        }
        for column in shown.columns {
            let median = point["numbers"][column.number]["median"].as_f64();
            let median = median.ok_or_else(|| format!("no {}: {point}", column.number))?;
            cells.push((column.show)(median));
        }
        lines.push(row(&cells));
    }
    Ok(lines.join("\n"))
}

fn row<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    format!("| {} |", cells.join(" | "))
}

fn snapshots() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/evidence")
}

/// The tables of the snapshots are on the page, and no others.
fn the_page_has_all() -> Result<(), String> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let page = read(&repository().join("docs/evidence.md"))?;
    for shown in ALL {
        let file = snapshots().join(format!("{}.snap", shown.sweep));
        let snapshot = read(&file)?;
        // Behind insta's header.
        let table = snapshot
            .splitn(3, "---\n")
            .nth(2)
            .unwrap_or_default()
            .trim();
        if table.lines().count() != shown.lines + 2 {
            return Err(format!("{} is no table of it", file.display()));
        }
        if !page.contains(table) {
            return Err(format!(
                "docs/evidence.md has other numbers than {}:\n{table}",
                file.display()
            ));
        }
    }
    Ok(())
}
