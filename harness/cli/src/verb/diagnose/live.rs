//! `diagnose --follow`: diagnoses a capture while it is being written.

use std::path::Path;
use std::time::Duration;

use diagnose::{Follower, News, Watch};
use recording::PacketView as _;
use trace::CaptureError;

use super::take_in;
use crate::console;
use crate::interrupt;
use crate::output::OUT;

/// Time without a packet after which the findings so far are printed.
const QUIET: Duration = Duration::from_secs(1);

/// Interval of the checks for Ctrl-C.
const TICK: Duration = Duration::from_millis(100);

/// Prints findings as they come, until the capture ends or Ctrl-C comes.
pub(super) fn follow(
    file: &Path,
    as_json: bool,
) -> Result<(Follower, Option<CaptureError>), CaptureError> {
    let interrupt = interrupt::listen();
    let mut packets = trace::growing(file)?;
    console::mention("reading on as it grows; Ctrl-C ends it with the summary");
    let (mut follower, mut watch) = (Follower::default(), Watch::default());
    let (mut damage, mut quiet) = (None, Duration::ZERO);
    let mut has_told = false;
    let mut tell = |news: Vec<News>| {
        has_told |= !news.is_empty();
        tell(&news, as_json);
    };
    while !interrupt.came() && OUT.is_open() {
        match packets.next_within(TICK) {
            Some(Some(Ok(packet))) => {
                quiet = Duration::ZERO;
                take_in(&mut follower, &packet, 0, packet.at().as_nanos());
                tell(watch.look(&follower));
            }
            Some(Some(Err(error))) => damage = Some(error),
            Some(None) => break,
            None => {
                quiet += TICK;
                if quiet == QUIET {
                    tell(watch.look_now(&follower));
                }
            }
        }
    }
    follower.end();
    follower.copies = packets.copies();
    tell(watch.look_now(&follower));
    if has_told && !as_json {
        console::print("\n");
    }
    match (follower.span, damage) {
        (None, Some(error)) => Err(error),
        (_, damage) => Ok((follower, damage)),
    }
}

fn tell(news: &[News], as_json: bool) {
    for one in news {
        // Causes of errors may quote the peer's own words, so all lines are escaped.
        console::print(&match as_json {
            true => console::json(&one.json()),
            false => format!("{}\n", report::escape(&one.line())),
        });
    }
}
