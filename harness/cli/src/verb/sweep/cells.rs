//! Runs the cells of a sweep, several at once, and stores their rows.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sweep::{Cell, Grid, Outcome, Row, Shard, Store};

use super::{kept, refused};
use crate::args::{Keep, RunSweep, Site};
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::interrupt::{self, Interrupt};
use crate::{engines, site};
use engine::Ready;

/// More cells than this are a mistake: a year of runs at three a second.
const MOST: u64 = 100_000_000;

/// A kernel of the sweep, ready for runs.
pub(super) struct Ground {
    /// The place, with this kernel alone.
    pub(super) site: Site,
    pub(super) ready: Box<dyn Ready>,
}

/// The cells of a grid that belong to the shard of this command.
pub(super) struct Cells<'g> {
    grid: &'g Grid,
    places: Vec<u64>,
}

impl<'g> Cells<'g> {
    /// Checks all cells of the shard. Complains of the first that is no valid scenario.
    pub(super) fn of(grid: &'g Grid, shard: Shard) -> Result<Self, Exit> {
        let all = grid.cells().filter(|all| *all <= MOST).ok_or_else(|| {
            console::error(&format!("the sweep has more than {MOST} cells"));
            Exit::Wrong
        })?;
        let places: Vec<u64> = shard.places(all).collect();
        let cells = Self { grid, places };
        for site in &cells.places {
            let cell = cells.cell(*site)?;
            if let Err(mistakes) = scenario::parse(grid.name(), &cell.source) {
                let values: Vec<String> = cell
                    .values
                    .iter()
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect();
                let what = format!("{} with {}", grid.name(), values.join(", "));
                console::mistakes(&mistakes, &what, &cell.source);
                return Err(Exit::Wrong);
            }
        }
        Ok(cells)
    }

    pub(super) fn count(&self) -> usize {
        self.places.len()
    }

    fn cell(&self, site: u64) -> Result<Cell, Exit> {
        self.grid.cell(site).map_err(|error| {
            console::error(&error.to_string());
            Exit::Wrong
        })
    }

    /// Runs the cells that have no result yet.
    pub(super) fn run(
        &self,
        args: &RunSweep,
        grounds: &[Ground],
        store: Store,
        progress: &Progress,
        started: Instant,
    ) -> Result<Store, Exit> {
        let interrupt = interrupt::listen();
        let next = AtomicUsize::new(0);
        let state = Mutex::new(State {
            pace: Pace::new(self.count(), started),
            store,
            lost: None,
        });
        let own = grounds.iter().map(|it| it.ready.jobs()).min();
        let jobs = args.jobs.map_or(own.unwrap_or(1), usize::from);
        let work = || {
            while let Some(site) = self.places.get(next.fetch_add(1, Ordering::Relaxed)) {
                let Ok(cell) = self.cell(*site) else { return };
                if interrupt.came() || state.lock().is_ok_and(|state| state.is_over()) {
                    return;
                }
                if state.lock().is_ok_and(|mut state| state.passes_over(&cell)) {
                    continue;
                }
                let Some(ground) = grounds.get(cell.kernel) else {
                    return;
                };
                let Some(row) = self.one(args.keep, ground, &interrupt, &cell, &state) else {
                    return;
                };
                if let Ok(mut state) = state.lock() {
                    state.keep(&row);
                    progress.say(&state.pace.to_string());
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..jobs.min(self.count().max(1)) {
                scope.spawn(work);
            }
        });
        progress.done();
        let state = state.into_inner().map_err(|_| Exit::Fault)?;
        if let Some(exit) = state.lost {
            return Err(exit);
        }
        if interrupt.came() {
            console::tell(&format!(
                "stopped after {}; the same command goes on from here",
                state.pace
            ));
            return Err(Exit::Failed);
        }
        Ok(state.store)
    }

    /// Runs and judges one cell; `None` if Ctrl-C stopped the run.
    fn one(
        &self,
        keep: Keep,
        Ground { site, ready }: &Ground,
        interrupt: &Interrupt,
        cell: &Cell,
        state: &Mutex<State>,
    ) -> Option<Row> {
        let name = self.grid.name();
        let not_run = |why: String| Some(Row::not_run(cell, name, why));
        let Ok(scenario) = scenario::parse(name, &cell.source) else {
            return not_run("it is no scenario".to_owned());
        };
        let ready = ready.as_ref();
        let request = match site::try_request(site, &scenario, &cell.source) {
            Ok(request) => request,
            Err(unknown) => {
                let words: Vec<String> = unknown.into_iter().map(|it| it.words).collect();
                return not_run(words.join("; "));
            }
        };
        let recording = match engines::run(ready, &request, interrupt, None, None) {
            Ok(recording) => recording,
            Err(_) if interrupt.came() => return None,
            Err(error) => return not_run(error.to_string()),
        };
        if interrupt.came() {
            return None;
        }
        let scenario = request.ran(&recording);
        let verdict = oracle::judge(&scenario, &recording);
        let row = Row::of(cell, &scenario, &recording, &verdict);
        let wanted = match keep {
            Keep::All => true,
            Keep::Failed => row.outcome == Outcome::Failed,
            Keep::None => false,
        };
        if wanted {
            let folder = state.lock().ok()?.store.folder().to_owned();
            if let Err(words) = kept::keep(&folder, &cell.id, &recording, &scenario, &verdict) {
                console::error(&format!("the recording of {}: {words}", cell.id));
                state.lock().ok()?.lost = Some(Exit::CannotRun);
            }
        }
        Some(row)
    }
}

/// The state that the threads share.
struct State {
    pace: Pace,
    store: Store,
    /// The exit code, if a row or a recording could not be kept.
    lost: Option<Exit>,
}

impl State {
    fn is_over(&self) -> bool {
        self.lost.is_some()
    }

    fn passes_over(&mut self, cell: &Cell) -> bool {
        let is_there = self.store.has(&cell.id);
        self.pace.passed_over += usize::from(is_there);
        is_there
    }

    fn keep(&mut self, row: &Row) {
        match self.store.keep(row) {
            Ok(()) => self.pace.add(row),
            Err(error) => self.lost = Some(refused(&error)),
        }
    }
}

/// How far a sweep is, and how fast.
struct Pace {
    all: usize,
    passed_over: usize,
    done: usize,
    failed: usize,
    started: Instant,
}

impl Pace {
    fn new(all: usize, started: Instant) -> Self {
        Self {
            all,
            passed_over: 0,
            done: 0,
            failed: 0,
            started,
        }
    }

    fn add(&mut self, row: &Row) {
        self.done += 1;
        self.failed += usize::from(matches!(row.outcome, Outcome::Failed | Outcome::NotRun));
    }
}

impl std::fmt::Display for Pace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let there = self.passed_over + self.done;
        write!(f, "{there} of {} cells", self.all)?;
        if self.failed > 0 {
            write!(f, ", {} failed", self.failed)?;
        }
        let seconds = self.started.elapsed().as_secs_f64();
        if self.done > 0 && seconds > 1.0 {
            let rate = self.done as f64 / seconds;
            let left = self.all.saturating_sub(there) as f64 / rate;
            write!(f, ", {rate:.1} a second, {} left", rough(left))?;
        }
        Ok(())
    }
}

/// A duration in words, rounded.
fn rough(seconds: f64) -> String {
    let seconds = Duration::try_from_secs_f64(seconds).map_or(u64::MAX, |it| it.as_secs());
    match seconds {
        0..=90 => format!("{seconds} s"),
        91..=5_400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
    }
}
