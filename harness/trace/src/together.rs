//! Several captures in one ladder.

use std::iter;
use std::path::{Path, PathBuf};

use recording::{Direction, PacketView as _};

use super::captures::Captures;
use super::clock::Clock;
use super::ends::Conversation;
use super::placed::{At, Placed, place_in};
use super::sides::{Sides, Sight};
use super::{CaptureError, Packet, Survey};

/// Several captures, surveyed as one.
///
/// Two captures that show the same packets from two hosts complement each other: each
/// packet is shown where it leaves and where it arrives. Of other captures, each packet
/// is shown once, in the order of time.
#[derive(Debug)]
pub struct Together {
    captures: Captures,
    /// The comparison of two captures that show the same packets from two places.
    pub sides: Option<Sides>,
    /// The hosts and paths of all captures.
    pub survey: Survey,
}

impl Together {
    /// Surveys the captures, each up to its end or its first damage.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened, or no file has SCTP.
    pub fn of(files: &[PathBuf]) -> Result<Self, CaptureError> {
        let captures = Captures::of(files)?;
        let sides = captures.sides()?;
        let clock = sides.as_ref().map_or_else(Clock::default, |it| it.clock);
        let names = captures.opened().map(|it| Ok(it?.captured_at().to_vec()));
        let names = names.collect::<Result<Vec<_>, CaptureError>>()?;
        let mut merged = captures.once(clock)?;
        let first = files.first().map_or(Path::new(""), PathBuf::as_path);
        let packets = iter::from_fn(|| {
            let next = merged.next()?;
            Some(next.map(|(file, packet)| (file, merged.at(file, &packet), packet)))
        });
        let mut survey = Survey::of_all(first, names, packets)?;
        survey.counts.copies += merged.copies();
        survey.translations = captures.translations().to_vec();
        Ok(Self {
            captures,
            sides,
            survey,
        })
    }

    /// The files.
    #[must_use]
    pub fn files(&self) -> &[PathBuf] {
        self.captures.files()
    }

    /// The numbers of the hosts at which each of two captures was made.
    #[must_use]
    pub fn hosts_at(&self) -> [Vec<usize>; 2] {
        [0, 1].map(|file| {
            let hosts = self.survey.hosts.iter().enumerate();
            let is_near = |address| match &self.sides {
                Some(sides) => sides.near[file].contains(address),
                None => false,
            };
            let at = hosts.filter(|(_, ends)| ends.iter().any(|it| is_near(&it.address)));
            at.map(|(number, _)| number).collect()
        })
    }

    /// The packets, and last the damages of captures that could not be read to their end.
    ///
    /// The packets' interfaces are the ends of the survey's paths: of path `n` the ends `4n` and
    /// `4n + 1` where both ends were captured, and `4n + 2` and `4n + 3` where one was.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened.
    pub fn packets(
        &self,
    ) -> Result<impl Iterator<Item = Result<Placed, CaptureError>> + use<>, CaptureError> {
        let clock = self
            .sides
            .as_ref()
            .map_or_else(Clock::default, |it| it.clock);
        let mut merged = match self.sides {
            Some(_) => self.captures.everywhere(clock)?,
            None => self.captures.once(clock)?,
        };
        let placing = Placing {
            sides: self.sides.clone(),
            places: std::sync::Arc::clone(&self.survey.places),
            start_ns: self.survey.start_ns,
        };
        Ok(iter::from_fn(move || {
            loop {
                let (file, packet) = match merged.next()? {
                    Ok(next) => next,
                    Err(error) => return Some(Err(error)),
                };
                let at = merged.at(file, &packet);
                if let Some(placed) = placing.place(file, at, packet) {
                    return Some(Ok(placed));
                }
            }
        }))
    }
}

struct Placing {
    sides: Option<Sides>,
    places: std::sync::Arc<super::place::Places>,
    start_ns: u64,
}

impl Placing {
    fn place(&self, file: usize, at: u64, packet: Packet) -> Option<Placed> {
        let decoded = packet.frame();
        let frame = decoded.as_ref().ok()?;
        let (conversation, sctp) = match Conversation::of(frame) {
            Some((conversation, sctp)) => (conversation, Some(sctp)),
            None => (Conversation::of_icmp(frame)?, None),
        };
        let (path, side) = *self.places.get(&conversation)?;
        let sight = match (&self.sides, sctp) {
            (Some(sides), Some(sctp)) => sides.sight(file, at, conversation, sctp),
            _ => Sight::Only,
        };
        let (end, direction) = match sight {
            Sight::Leaving => (side, Direction::Out),
            Sight::Arriving => (1 - side, Direction::In),
            Sight::Only => (2 + side, Direction::Out),
        };
        let sctp = sctp.map(|it| place_in(packet.bytes(), it));
        drop(decoded);
        Some(Placed::new(
            packet,
            At {
                at: at.saturating_sub(self.start_ns),
                interface: 4 * path as usize + end as usize,
                direction,
                file: Some(file),
            },
            sctp,
        ))
    }
}
