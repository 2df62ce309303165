//! The time of frames, when somebody sets the wall clock. Only a guest's is set.

use std::time::Duration;

use net::{Network, SeenFrame};
use nix::sys::time::TimeSpec;
use nix::time::{ClockId, clock_gettime, clock_settime};

use super::support::{Test, one_link, receive, tests, udp};

pub(super) const TESTS: &[Test] = tests![frames_keep_their_time_when_the_wall_clock_is_set];

/// Why the wall clock of this machine is left alone.
pub(super) fn lack() -> Option<String> {
    (!guest::is_in_guest()).then(|| "only a guest's wall clock may be set".to_owned())
}

async fn frames_keep_their_time_when_the_wall_clock_is_set() {
    const HOUR: Duration = Duration::from_secs(3600);
    let network = Network::build(one_link()).await.unwrap();
    let mut follower = network.follow();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    let mut frames: Vec<SeenFrame> = Vec::new();
    for step in [None, Some(true), Some(false)] {
        let now = Duration::from(clock_gettime(ClockId::CLOCK_REALTIME).unwrap());
        let set = match step {
            None => None,
            Some(true) => Some(now + HOUR),
            Some(false) => Some(now - HOUR),
        };
        if let Some(time) = set {
            clock_settime(ClockId::CLOCK_REALTIME, TimeSpec::from(time)).unwrap();
        }
        client.send_to(b"ping", "10.0.1.2:7").await.unwrap();
        receive(&server).await;
        // Both ends of the link have told of it before the clock is set.
        let want = frames.len() + 2;
        while frames.len() < want {
            frames.extend(follower.next(Duration::ZERO).await);
        }
    }
    let times: Vec<u64> = frames.iter().map(|frame| frame.at).collect();
    assert!(times.is_sorted(), "{times:?}");
    let took = Duration::from_nanos(times[times.len() - 1] - times[0]);
    assert!(took < HOUR / 2, "{times:?}");
}
