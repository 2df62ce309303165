//! Shows the packets of a run while it continues.

use std::convert::Infallible;
use std::time::Duration;

use net::{Follower, Network, SeenFrame};
use recording::{Interface, Sight};

use super::clock::Clock;
use super::seen;

/// Shows an onlooker the frames that the network sees.
pub(crate) struct Live<'a> {
    onlooker: &'a dyn Fn(Sight),
    follower: Follower,
    interfaces: Vec<Interface>,
    clock: Clock,
    /// The longest time that a frame can be on its way.
    way: Duration,
}

impl<'a> Live<'a> {
    /// Starts to follow the network, and shows a first sight without packets that names the
    /// interfaces.
    pub(crate) fn new(
        onlooker: &'a dyn Fn(Sight),
        network: &Network,
        clock: Clock,
        way: Duration,
    ) -> Self {
        let follower = network.follow();
        let live = Self {
            interfaces: seen::interfaces(&follower.interfaces()),
            onlooker,
            follower,
            clock,
            way,
        };
        live.tell(Vec::new());
        live
    }

    /// Shows packets as they come, until the future is dropped.
    pub(crate) async fn show(&mut self) -> Infallible {
        loop {
            let fresh = self.follower.next(self.way).await;
            self.tell(fresh);
        }
    }

    /// Shows the remaining packets, once the network has ended its recording.
    pub(crate) fn end(self) {
        let Self {
            onlooker,
            follower,
            interfaces,
            clock,
            ..
        } = self;
        let packets = seen::packets(follower.rest(), &interfaces, clock);
        onlooker(Sight {
            interfaces,
            packets,
        });
    }

    fn tell(&self, records: Vec<SeenFrame>) {
        (self.onlooker)(Sight {
            packets: seen::packets(records, &self.interfaces, self.clock),
            interfaces: self.interfaces.clone(),
        });
    }
}
