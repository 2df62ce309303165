//! Shows the packets of a run while it continues.

use std::convert::Infallible;
use std::time::Duration;

use net::{Follower, Network, SeenFrame};
use recording::{Interface, Sight};

use super::clock::Clock;
use super::seen;

/// Shows an onlooker what the network sees.
pub(crate) struct Live<'a> {
    onlooker: &'a dyn Fn(Sight),
    follower: Follower,
    interfaces: Vec<Interface>,
    clock: Clock,
    /// The longest that a frame is on its way.
    way: Duration,
}

impl<'a> Live<'a> {
    /// The first sight has no packets: it tells of the interfaces.
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

    /// Goes on until it is dropped.
    pub(crate) async fn show(&mut self) -> Infallible {
        loop {
            let fresh = self.follower.next(self.way).await;
            self.tell(fresh);
        }
    }

    /// Shows what was seen last, once the network is finished.
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
