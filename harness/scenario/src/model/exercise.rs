use std::num::{NonZeroU64, NonZeroUsize};

use wire::ChunkType;

use super::{NodeName, RfcSection};

/// Something that a learner is asked of a run. The answer is taken from the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// What is asked.
    pub ask: Ask,
    /// Why the answer is what it is.
    pub because: String,
    /// Where to read about it.
    pub rfc: RfcSection,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The ladder stops before a packet: what comes next?
    Predict {
        /// The packet.
        packet: PacketAt,
        /// What is asked of it.
        what: Foretold,
    },
    /// A field of a packet is left blank.
    FillIn {
        /// The packet.
        packet: PacketAt,
        /// The field.
        field: String,
        /// The fields that are shown of every packet that has them.
        shown: Vec<String>,
    },
    /// Packets are shuffled.
    Order {
        /// The first of them.
        first: PacketAt,
        /// How many there are.
        packets: NonZeroU64,
    },
    /// One of two ladders is of a sabotaged run.
    FindTheFault {
        /// The number of the sabotage, from 1.
        sabotage: NonZeroUsize,
        /// What is asked of it.
        what: Fault,
    },
    /// The scenario is given as a sabotage leaves it.
    MakeItGreen {
        /// The number of the sabotage, from 1.
        sabotage: NonZeroUsize,
    },
}

impl Ask {
    /// The kind, as it is written.
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

/// What can be foretold of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foretold {
    /// What it holds.
    Chunk,
    /// The link that it takes.
    Path,
    /// How long after the packet before it.
    Wait,
}

/// What can be asked of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Which ladder has it.
    Which,
    /// The first line that differs.
    Line,
}

/// A packet of a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketAt {
    /// A chunk that it holds.
    pub chunk: ChunkType,
    /// Who sends it.
    pub from: NodeName,
    /// Which of these packets it is, from 1.
    pub nth: NonZeroU64,
}
