//! An association as far as it is known: its ends, their transport addresses and their
//! choices.

use std::net::IpAddr;

use wire::Tsn;

use crate::{AssociationName, Chosen, Time, TransportAddresses};

/// A direction of an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow<'a> {
    /// The association.
    pub association: &'a AssociationName,
    /// The sending end.
    pub sender: End<'a>,
    /// The receiving end.
    pub receiver: End<'a>,
}

/// An end of an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End<'a> {
    /// The endpoint, if it belongs to the lab.
    pub endpoint: Option<&'a str>,
    /// The choices of the end for the association, if they are on record.
    pub chosen: Option<Chosen>,
    /// The transport addresses of the end, as far as they are known.
    pub transport: &'a TransportAddresses,
}

impl End<'_> {
    /// TSN of the end's first DATA chunk, if it is on record.
    #[must_use]
    pub fn initial_tsn(&self) -> Option<Tsn> {
        self.chosen.map(|it| it.initial_tsn)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) name: AssociationName,
    /// The time at which the association began.
    pub(super) from: Time,
    pub(super) declared: Declared,
    pub(super) ends: [KnownEnd; 2],
}

/// What the recording's first observation of an association says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    No,
    /// The association was about to begin.
    Begun,
    /// The association had begun: it was up, or the lab had found it in the kernel.
    Later,
}

#[derive(Clone, Debug, Default)]
pub(super) struct KnownEnd {
    pub(super) endpoint: Option<String>,
    pub(super) transport: TransportAddresses,
    /// The choices of the end, in order.
    pub(super) chosen: Vec<Chosen>,
    /// Index of the choice whose cookie was echoed.
    pub(super) in_force: Option<usize>,
    /// Whether the end has sent an INIT.
    pub(super) began: bool,
}

/// Time, source and destination of a packet.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    pub(super) at: Time,
    pub(super) source: (IpAddr, u16),
    pub(super) destination: (IpAddr, u16),
}

impl Ends {
    pub(super) fn turned(self) -> Self {
        Self {
            source: self.destination,
            destination: self.source,
            ..self
        }
    }
}

impl Known {
    /// The end that sends between these transport addresses.
    pub(super) fn end_of(&self, ends: Ends) -> Option<usize> {
        [0, 1].into_iter().find(|sender| {
            let [one, other] = [*sender, 1 - sender].map(|end| &self.ends[end].transport);
            one.may_have(ends.source.0, ends.source.1)
                && other.may_have(ends.destination.0, ends.destination.1)
        })
    }

    pub(super) fn end(&self, end: usize) -> End<'_> {
        let end = &self.ends[end];
        End {
            endpoint: end.endpoint.as_deref(),
            chosen: end.chosen(),
            transport: &end.transport,
        }
    }
}

impl KnownEnd {
    pub(super) fn chosen(&self) -> Option<Chosen> {
        match self.in_force {
            Some(place) => self.chosen.get(place).copied(),
            None => self.chosen.last().copied(),
        }
    }
}
