//! What becomes of a frame on which a rule acts.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::num::{NonZeroU8, NonZeroU32};
use std::time::Duration;

use wire::edit::{Patch, Setting};

use super::alter::{altered, enveloped};
use super::words::spoken;

/// Action of a rule on a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Let the frame pass: an exception to later rules.
    Pass,
    /// Drop the frame. Its sender does not notice.
    Drop,
    /// Delay the frame; later frames overtake it.
    Delay(Duration),
    /// Let the frame pass, and send copies of it.
    Duplicate {
        /// Number of copies beside the frame itself.
        copies: NonZeroU32,
        /// Time between the copies, which may be zero.
        gap: Duration,
    },
    /// Hold the frame until this number of later frames of the same link and direction
    /// have passed. When the rule is removed, the frame is released at once.
    Reorder {
        /// Number of frames.
        behind: NonZeroU32,
    },
    /// Let the frame pass with flipped bits, so that its checksum is wrong. A rule with
    /// this action matches SCTP packets only.
    Corrupt(Corruption),
    /// Let the frame pass with changed fields. A rule with this action matches SCTP
    /// packets only.
    Rewrite(Rewriting),
    /// Let the frame pass with another differentiated services code point, 0 to 63. A rule
    /// with this action matches SCTP packets only.
    Remark(u8),
    /// Let the frame pass, and send an unchanged copy to an end of another link. The node
    /// there sees a frame that is not addressed to it.
    Mirror {
        /// The other link.
        link: String,
        /// The node at whose end the copy arrives.
        node: String,
    },
}

/// Bits to be flipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corruption {
    /// Offset of the byte in the SCTP packet, from 0 with the common header. By default,
    /// and if the packet is shorter, the last byte.
    pub at: Option<usize>,
    /// The bits of that byte.
    pub bits: NonZeroU8,
}

/// Fields to be set, bytes to be changed, and addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewriting {
    /// Fields and their values. Fields of a chunk are set in the first chunk that matches
    /// the rule. A field that the packet does not have is left out.
    pub settings: Vec<Setting>,
    /// Bytes to be changed in that chunk or in the packet. If the packet lacks a part of
    /// a patch's place, the patch changes no byte.
    pub patches: Vec<Patch>,
    /// The source address of the IP header afterwards. A packet of the other family keeps
    /// its addresses.
    pub source: Option<IpAddr>,
    /// The destination address of the IP header afterwards.
    pub destination: Option<IpAddr>,
    /// Whether the checksum is kept, so that it becomes wrong.
    pub keep_checksum: bool,
}

/// A frame that leaves the fabric in place of the frame on which a rule acted.
#[derive(Debug, PartialEq, Eq)]
pub struct Leaving<'a> {
    /// The end at which the frame leaves.
    pub to: To,
    /// When the frame leaves.
    pub when: When,
    /// The whole frame.
    pub bytes: Cow<'a, [u8]>,
}

/// The end at which a frame leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// The end that the frame would have reached without the rule.
    Receiver,
    /// The [other end](Action::other_end) that the action names.
    OtherEnd,
}

/// When a frame leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At once.
    Now,
    /// After this time.
    After(Duration),
    /// After this number of other frames have left at the same end.
    Behind(NonZeroU32),
}

impl Action {
    /// The frames that leave in place of this one. `chunk` is the index of the chunk that
    /// matched the rule.
    #[must_use]
    pub fn on<'a>(&self, frame: &'a [u8], chunk: usize) -> Vec<Leaving<'a>> {
        let leave = |to, when, bytes| Leaving { to, when, bytes };
        let whole = || Cow::Borrowed(frame);
        let pass = |when| leave(To::Receiver, when, whole());
        let changed = |bytes: Vec<u8>| vec![leave(To::Receiver, When::Now, bytes.into())];
        match self {
            Self::Pass => vec![pass(When::Now)],
            Self::Drop => vec![],
            Self::Delay(time) => vec![pass(When::After(*time))],
            Self::Duplicate { copies, gap } => (0..=copies.get())
                .map(|copy| pass(When::After(gap.saturating_mul(copy))))
                .collect(),
            Self::Reorder { behind } => vec![pass(When::Behind(*behind))],
            Self::Corrupt(corruption) => changed(altered(frame, |packet| corruption.apply(packet))),
            Self::Rewrite(rewriting) => changed(rewriting.of(frame, chunk)),
            Self::Remark(dscp) => changed(enveloped(frame, |it| it.dscp = *dscp)),
            Self::Mirror { .. } => {
                vec![pass(When::Now), leave(To::OtherEnd, When::Now, whole())]
            }
        }
    }

    /// The link and the node of another end at which frames leave, if the action has one.
    #[must_use]
    pub fn other_end(&self) -> Option<(&str, &str)> {
        match self {
            Self::Mirror { link, node } => Some((link, node)),
            _ => None,
        }
    }

    /// Whether the action changes bytes, of frames with an SCTP packet only.
    #[must_use]
    pub fn alters(&self) -> bool {
        matches!(self, Self::Corrupt(_) | Self::Rewrite(_) | Self::Remark(_))
    }

    /// The longest time for which the rule may hold a frame back; `None` if that depends
    /// on other frames.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        match self {
            Self::Delay(time) => Some(*time),
            Self::Duplicate { copies, gap } => Some(gap.saturating_mul(copies.get())),
            Self::Reorder { .. } => None,
            _ => Some(Duration::ZERO),
        }
    }

    /// The verb, as in "drop every frame".
    pub(crate) fn verb(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Drop => "drop",
            Self::Delay(_) => "delay",
            Self::Duplicate { .. } => "duplicate",
            Self::Reorder { .. } => "put",
            Self::Corrupt(_) => "corrupt",
            Self::Rewrite(_) => "rewrite",
            Self::Remark(_) => "remark",
            Self::Mirror { .. } => "mirror",
        }
    }

    /// The action in words, as in "dropped by `cut path-a`".
    #[must_use]
    pub fn done(&self) -> String {
        match self {
            Self::Pass => "passed".to_owned(),
            Self::Drop => "dropped".to_owned(),
            Self::Delay(time) => format!("delayed {time:?}"),
            Self::Duplicate { copies, .. } if *copies == NonZeroU32::MIN => "doubled".to_owned(),
            Self::Duplicate { copies, .. } => format!("copied {copies} times"),
            Self::Reorder { behind } => format!("put behind the next {behind}"),
            Self::Corrupt(_) => "corrupted".to_owned(),
            Self::Rewrite(_) => "rewritten".to_owned(),
            Self::Remark(dscp) => format!("remarked with dscp {dscp}"),
            Self::Mirror { node, .. } => format!("mirrored to {node}"),
        }
    }
}

/// The words of the action after the verb and the frames, with a blank before them:
/// ` by 100ms` of "delay every frame by 100ms". None for most actions.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pass | Self::Drop | Self::Corrupt(_) => Ok(()),
            Self::Delay(time) => write!(f, " by {}", spoken(*time)),
            Self::Duplicate { copies, gap } => {
                if copies.get() > 1 {
                    write!(f, " {copies} times")?;
                }
                if !gap.is_zero() {
                    write!(f, " after {}", spoken(*gap))?;
                }
                Ok(())
            }
            Self::Reorder { behind } => write!(f, " behind the next {behind}"),
            Self::Rewrite(rewriting) => write!(f, ": {rewriting}"),
            Self::Remark(dscp) => write!(f, " with dscp {dscp}"),
            Self::Mirror { link, node } => write!(f, " to {node} on {link}"),
        }
    }
}

impl fmt::Display for Rewriting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let addresses = [("source", self.source), ("destination", self.destination)];
        let addresses = addresses
            .into_iter()
            .filter_map(|(name, address)| Some(format!("{name} {}", address?)));
        let settings = self.settings.iter().map(ToString::to_string);
        let all: Vec<_> = settings
            .chain(self.patches.iter().map(ToString::to_string))
            .chain(addresses)
            .collect();
        f.write_str(&all.join(", "))?;
        if self.keep_checksum {
            f.write_str(", checksum kept")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wire::frame::Envelope;
    use wire::{Packet, VerificationTag};

    use super::*;

    #[test]
    fn a_remarked_frame_differs_by_its_code_point_alone() {
        let packet = Packet::new(5000, 5001, VerificationTag(7), Vec::new());
        let mut envelope = Envelope::new([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        (envelope.dscp, envelope.ecn, envelope.ttl) = (46, 1, 9);
        let frame = envelope.encode(&packet).unwrap();
        let leaving = Action::Remark(10).on(&frame, 0);
        let [one] = leaving.as_slice() else {
            panic!("{leaving:?}");
        };
        assert_eq!((one.to, one.when), (To::Receiver, When::Now));
        let decoded = wire::Frame::decode(&one.bytes).unwrap();
        assert_eq!(
            decoded.envelope(),
            Envelope {
                dscp: 10,
                ..envelope
            }
        );
        assert_eq!(decoded.sctp(), Some(packet.encode().as_slice()));
    }

    #[test]
    fn what_is_no_packet_is_passed_as_it_is() {
        let [one] = &Action::Remark(10).on(b"short", 0)[..] else {
            panic!("one frame leaves");
        };
        assert_eq!(one.bytes, b"short".as_slice());
    }
}
