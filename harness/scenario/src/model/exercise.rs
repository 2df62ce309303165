//! A checked exercise: its question, and the packet that the question is about.

use std::num::{NonZeroU64, NonZeroUsize};

use wire::ChunkType;

use super::{NodeName, RfcSection};

/// A question to a learner about a run. The answer is taken from the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// The question.
    pub ask: Ask,
    /// The reason for the answer.
    pub because: String,
    /// The RFC section to read.
    pub rfc: RfcSection,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The ladder stops before a packet: the learner predicts it.
    Predict {
        /// The packet.
        packet: PacketAt,
        /// The property to predict.
        what: Predicted,
    },
    /// A field of a packet is left blank: the learner fills it in.
    FillIn {
        /// The packet.
        packet: PacketAt,
        /// The field.
        field: String,
        /// The fields that are shown for every packet that has them.
        shown: Vec<String>,
    },
    /// Packets are shuffled: the learner puts them in order.
    Order {
        /// The first of them.
        first: PacketAt,
        /// Number of packets.
        packets: NonZeroU64,
    },
    /// One of two ladders is of a sabotaged run: the learner finds the fault.
    FindTheFault {
        /// The number of the sabotage, from 1.
        sabotage: NonZeroUsize,
        /// The question about the fault.
        what: Fault,
    },
    /// The scenario is given as the sabotage changes it: the learner makes it pass.
    MakeItGreen {
        /// The number of the sabotage, from 1.
        sabotage: NonZeroUsize,
    },
}

impl Ask {
    /// Word for the kind in a scenario.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Predict { .. } => "predict",
            Self::FillIn { .. } => "fill-in",
            Self::Order { .. } => "order",
            Self::FindTheFault { .. } => "find-the-fault",
            Self::MakeItGreen { .. } => "make-it-green",
        }
    }
}

/// A property of a packet that can be predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Predicted {
    /// Its chunk.
    Chunk,
    /// Its link.
    Path,
    /// The time since the packet before it.
    Wait,
}

/// A question about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The ladder with the fault.
    Which,
    /// The first line that differs.
    Line,
}

/// A packet of a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketAt {
    /// A chunk of the packet.
    pub chunk: ChunkType,
    /// The node that sends the packet.
    pub from: NodeName,
    /// Number of the packet among those from this node with such a chunk, from 1.
    pub nth: NonZeroU64,
}
