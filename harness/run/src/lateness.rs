//! Measures the lateness of the machine in real time.
//!
//! A busy machine delivers packets late, reads notifications late and samples paths late.
//! The recorded times are as late, and the oracle must know by how much.

use std::cell::Cell;
use std::convert::Infallible;
use std::time::Duration;

use super::clock::Clock;

/// The time between two measurements.
const EVERY: Duration = Duration::from_millis(10);

/// The worst lateness that was measured during a run.
#[derive(Debug, Default)]
pub(crate) struct Lateness(Cell<Duration>);

impl Lateness {
    /// Measures again and again, until the future is dropped.
    pub(crate) async fn watch(&self, clock: Clock) -> Infallible {
        loop {
            let due = clock.now() + EVERY;
            tokio::time::sleep(EVERY).await;
            let late = clock.now() - due;
            self.0.set(self.0.get().max(late));
        }
    }

    pub(crate) fn worst(&self) -> Duration {
        self.0.get()
    }
}
