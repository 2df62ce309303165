//! How much protocol time was run in how much wall time.

use std::sync::Mutex;
use std::time::Duration;

use recording::Recording;

static PROTOCOL: Mutex<Duration> = Mutex::new(Duration::ZERO);

pub(crate) fn add(recording: &Recording) {
    if let Ok(mut protocol) = PROTOCOL.lock() {
        *protocol += recording.info.duration.since_start();
    }
}

/// Nothing, if nothing was run.
pub(crate) fn words(wall: Duration) -> Option<String> {
    let protocol = PROTOCOL.lock().ok()?.as_secs_f64();
    let wall = wall.as_secs_f64();
    (protocol > 0.0).then(|| {
        format!(
            "{protocol:.0} s of protocol time in {wall:.1} s: {:.0} times as fast",
            protocol / wall
        )
    })
}
