//! Continues to read a growing file, without reading earlier packets again.

use std::iter;
use std::path::Path;
use std::time::{Duration, Instant};

use diagnose::Follower;
use recording::PacketView as _;
use report::{Gutter, Hosts, Setting};
use trace::{Placer, Stranger, Survey};
use view::Board;

use super::{ReadingError, found_by};
use crate::verb::diagnose::take_in;

/// Time without a packet after which everything so far is shown.
const QUIET: Duration = Duration::from_millis(100);

/// Interval at which findings are shown while packets come without a pause.
const OFTEN: Duration = Duration::from_secs(1);

/// Puts the packets of a file onto the board as they come, until the file has to be read
/// from its beginning. Returns the time until all packets that were there at first had been
/// read.
pub(super) fn read_on(
    file: &Path,
    board: &Board,
    survey: &Survey,
    (hosts, gutter): (Hosts, Gutter),
    begin: Instant,
) -> Result<Duration, ReadingError> {
    let mut took = None;
    board.put(hosts, gutter, |filling, hosts| {
        let mut packets = trace::growing(file)?;
        let placer = Placer::new(survey);
        let mut follower = Follower::default();
        let (mut damage, mut lost) = (None, None);
        let (mut has_news, mut shown) = (true, Instant::now());
        let coming = iter::from_fn(|| {
            loop {
                let next = packets.next_within(QUIET);
                let is_time = next.is_none() || took.is_some() && shown.elapsed() > OFTEN;
                if is_time && has_news {
                    took.get_or_insert(begin.elapsed());
                    if let Err(error) = filling.show(found_by(&follower), None) {
                        lost = Some(error);
                        return None;
                    }
                    (has_news, shown) = (false, Instant::now());
                }
                match next {
                    None => {}
                    Some(None) => return None,
                    Some(Some(Err(error))) => {
                        damage = Some(error.to_string());
                        return None;
                    }
                    Some(Some(Ok(packet))) => {
                        has_news = true;
                        take_in(&mut follower, &packet, 0, packet.at().as_nanos());
                        let number = packet.number_in_file();
                        match placer.place(packet) {
                            Ok(Some(placed)) => {
                                filling.packet(number, &placed);
                                return Some(placed);
                            }
                            Ok(None) => {}
                            Err(Stranger) => return None,
                        }
                    }
                }
            }
        });
        for line in report::lines(hosts, Setting::default(), coming, [], true) {
            filling.line(&line, hosts)?;
        }
        if let Some(error) = lost {
            return Err(error.into());
        }
        Ok::<_, ReadingError>((found_by(&follower), damage))
    })?;
    Ok(took.unwrap_or_else(|| begin.elapsed()))
}
