//! Random faults: none, silent, visible, or in one direction only. A cut and a power
//! failure are silent; an unplugged cable is visible to its host, and the end of a
//! process to its peer.

use super::dice::Dice;
use super::network::Network;

/// A fault of the paths between the hub and one host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Every frame is swallowed.
    Cut,
    /// Only frames from the observer's host are swallowed.
    CutFromHere,
    /// Only frames from the other host are swallowed.
    CutFromThere,
    /// The cable is pulled, at both ends.
    Down,
    /// The cable is pulled at the observer's end.
    DownHere,
    /// The cable is pulled at the other end.
    DownThere,
    /// Only packets with a chunk of this type are swallowed, from one side.
    Chunk(&'static str, From),
    /// The peer's process ends, and its kernel says goodbye.
    Kill,
    /// The peer's host loses its power, and says nothing.
    PowerCut,
}

/// Which side the swallowed packets come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    Here,
    There,
}

/// The two ends of the association that a fault hits.
#[derive(Clone, Debug)]
pub(crate) struct Ends {
    /// The node of the endpoint that is to notice.
    pub(crate) here: String,
    /// The node of its peer.
    pub(crate) there: String,
    /// The peer's endpoint.
    pub(crate) peer: String,
    /// The host beside the hub, counted from 0.
    pub(crate) host: usize,
}

impl Fault {
    /// A fault that takes all frames, in one direction or both.
    pub(crate) fn of_a_path(dice: &mut Dice) -> Self {
        dice.one_of(&[
            Self::Cut,
            Self::Cut,
            Self::Cut,
            Self::CutFromHere,
            Self::CutFromThere,
            Self::Down,
            Self::DownHere,
            Self::DownThere,
        ])
    }

    /// The steps that make the fault on these paths.
    pub(crate) fn steps(self, ends: &Ends, paths: &[usize]) -> Vec<String> {
        match self {
            Self::Kill => return vec![format!("kill: {}", ends.peer)],
            Self::PowerCut => return vec![format!("power-cut: {}", ends.there)],
            _ => {}
        }
        let links = paths.iter().map(|path| Network::link(ends.host, *path));
        links
            .enumerate()
            .map(|(index, link)| self.step(ends, &link, index))
            .collect()
    }

    fn step(self, ends: &Ends, link: &str, index: usize) -> String {
        let Ends { here, there, .. } = ends;
        match self {
            Self::Cut => format!("cut: {{link: {link}}}"),
            Self::CutFromHere => format!("cut: {{link: {link}, from: {here}}}"),
            Self::CutFromThere => format!("cut: {{link: {link}, from: {there}}}"),
            Self::Down => format!("link-down: {{link: {link}}}"),
            Self::DownHere => format!("link-down: {{link: {link}, node: {here}}}"),
            Self::DownThere => format!("link-down: {{link: {link}, node: {there}}}"),
            Self::Chunk(chunk, from) => {
                let from = if from == From::Here { here } else { there };
                format!(
                    "rule: {{chunk: {chunk}, from: {from}, on: {link}, do: drop, as: fault-{}}}",
                    index + 1
                )
            }
            Self::Kill => format!("kill: {}", ends.peer),
            Self::PowerCut => format!("power-cut: {}", ends.there),
        }
    }

    /// The steps that undo the fault; `None` where that cannot be done.
    pub(crate) fn undone(self, ends: &Ends, paths: &[usize]) -> Option<Vec<String>> {
        let links = paths.iter().map(|path| Network::link(ends.host, *path));
        let step = |(index, link): (usize, String)| match self {
            Self::Cut | Self::CutFromHere | Self::CutFromThere => {
                Some(format!("restore: {{link: {link}}}"))
            }
            Self::Down => Some(format!("link-up: {{link: {link}}}")),
            Self::DownHere => Some(format!("link-up: {{link: {link}, node: {}}}", ends.here)),
            Self::DownThere => Some(format!("link-up: {{link: {link}, node: {}}}", ends.there)),
            Self::Chunk(..) => Some(format!("remove-rule: fault-{}", index + 1)),
            Self::Kill | Self::PowerCut => None,
        };
        links.enumerate().map(step).collect()
    }
}
