//! Measured times, and how benchmarks end.

use std::fmt;
use std::process::ExitCode;
use std::time::Duration;

/// The measured times of a thing.
#[derive(Clone, Debug, Default)]
pub struct Figures(Vec<Duration>);

/// How often to measure: as `RUNS` says, or else this often.
#[must_use]
pub fn runs(otherwise: usize) -> usize {
    let asked = std::env::var("RUNS").ok();
    asked
        .and_then(|it| it.parse().ok())
        .unwrap_or(otherwise)
        .max(1)
}

/// Prints the error of a benchmark, if there is one. Returns the benchmark's exit code.
#[must_use]
pub fn told(measured: Result<(), String>) -> ExitCode {
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

impl Figures {
    /// Adds a measured time.
    pub fn add(&mut self, time: Duration) {
        let at = self.0.partition_point(|it| *it <= time);
        self.0.insert(at, time);
    }

    /// The median: half of the times are shorter.
    #[must_use]
    pub fn median(&self) -> Duration {
        self.0.get(self.0.len() / 2).copied().unwrap_or_default()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (least, most) = (self.0.first(), self.0.last());
        write!(
            f,
            "min {:.1} ms, median {:.1} ms, max {:.1} ms of {} runs",
            ms(least.copied().unwrap_or_default()),
            ms(self.median()),
            ms(most.copied().unwrap_or_default()),
            self.0.len()
        )
    }
}
