//! The capture, told of while it goes on.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use crate::fabric::{Fabric, lock};
use crate::seen::{Interface, SeenFrame};

/// So long frames are gathered, to be told of together.
const MOMENT: Duration = Duration::from_millis(50);

/// Follows the capture of a [`Network`](crate::Network).
pub struct Follower {
    fabric: Arc<Mutex<Fabric>>,
    setting_out: Arc<Notify>,
    /// A frame that has set out may arrive until then, and nothing tells of that.
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

    /// Waits until frames were seen, and gives those that were seen since the
    /// last time, in order of time. A frame is on its way for at most `way`; one
    /// that takes longer is told of with those after it.
    ///
    /// What the fabric does with a frame only after it was told of, such as not
    /// to find room for it in a queue, stands in the [`FrameRecord`](crate::Capture)
    /// alone.
    ///
    /// Safe to be dropped at any time: nothing is lost.
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

    /// After the network's [`finish`](crate::Network::finish): those that were
    /// not told of yet.
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
