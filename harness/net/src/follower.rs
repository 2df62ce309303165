//! Follows the capture while it is being made.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use crate::fabric::{Fabric, lock};
use crate::seen::{Interface, SeenFrame};

/// Time for which frames are collected before they are reported together.
const MOMENT: Duration = Duration::from_millis(50);

/// Follows the capture of a [`Network`](crate::Network).
pub struct Follower {
    fabric: Arc<Mutex<Fabric>>,
    setting_out: Arc<Notify>,
    /// Until this time a frame in flight may arrive, which no event reports.
    underway_until: Instant,
}

impl Follower {
    pub(crate) fn new(fabric: Arc<Mutex<Fabric>>) -> Self {
        let setting_out = lock(&fabric).follow();
        Self {
            fabric,
            setting_out,
            underway_until: Instant::now(),
        }
    }

    /// Every node's interfaces, in the plan's order of links and their ends.
    #[must_use]
    pub fn interfaces(&self) -> Vec<Interface> {
        lock(&self.fabric).interfaces().to_vec()
    }

    /// Waits for frames, and returns those since the last call, in order of time. `way`
    /// is the longest delay of a frame; a frame that takes longer is reported together
    /// with later frames.
    ///
    /// A fault that happens to a frame after the frame was reported, such as a full queue,
    /// is in the [`FrameRecord`](crate::FrameRecord) only.
    ///
    /// Cancellation-safe: no frame is lost.
    pub async fn next(&mut self, way: Duration) -> Vec<SeenFrame> {
        loop {
            if Instant::now() >= self.underway_until {
                self.setting_out.notified().await;
                self.underway_until = Instant::now() + MOMENT + way;
            }
            sleep(MOMENT).await;
            let fresh = lock(&self.fabric).fresh();
            if !fresh.is_empty() {
                self.underway_until = Instant::now() + way;
                return fresh;
            }
        }
    }

    /// The frames that were not reported yet, to be called after the network's
    /// [`finish`](crate::Network::finish).
    #[must_use]
    pub fn rest(self) -> Vec<SeenFrame> {
        lock(&self.fabric).untold()
    }
}

impl fmt::Debug for Follower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Follower").finish_non_exhaustive()
    }
}
