//! Measures the lateness of the machine in real time.
//!
//! A busy machine delivers packets late, reads notifications late and samples paths late.
//! The recorded times are as late, and the oracle must know by how much.

use std::cell::Cell;
use std::convert::Infallible;
use std::time::Duration;

use super::clock::Clock;

/// How often it is looked.
const EVERY: Duration = Duration::from_millis(10);

/// The worst that was seen while a run went on.
#[derive(Debug, Default)]
pub(crate) struct Lateness(Cell<Duration>);

impl Lateness {
    /// Looks again and again, until it is dropped.
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
