//! The table of all items, with the place of each slot.

use super::kind::HEARTBEAT_INFO;
use super::{Family, Holds, Kind, Slot};
use crate::ChunkType;
use crate::bits::{self, Bits, short, word};
use crate::field::Registry;

/// Bytes of an item's type and length, or of a chunk's type, flags and length.
pub(super) const HEADER: usize = 4;

/// The places of an item's slots.
pub(super) struct Form {
    /// Slots at a fixed offset from the beginning of the item.
    pub(super) places: Vec<Bits>,
    /// Offset of the part after the fixed slots.
    pub(super) length: usize,
    pub(super) rest: Rest,
}

/// Content of the part after the fixed slots.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Rest {
    Nothing,
    Bytes(&'static str),
    /// The HMAC of an AUTH chunk.
    Hmac,
    /// The bytes of an address of this length.
    Address(usize),
    /// An address parameter.
    AddressParameter,
    AddressParameters,
    /// Numbers of this many bytes.
    Numbers(&'static str, usize, Option<Registry>),
    Items(Family),
    /// A Heartbeat Info parameter.
    Info,
    /// Gap ack blocks of these kinds, and duplicate TSNs. Fixed slots before them have the
    /// number of each.
    Gaps(&'static [Gaps]),
    /// Streams, and the last skipped message of each: numbers of two or four bytes.
    Skipped(&'static str, usize),
}

/// A kind of gap ack blocks.
#[derive(PartialEq)]
pub(super) struct Gaps {
    pub(super) slot: &'static str,
    /// Name of the slot with the number of blocks.
    pub(super) count: &'static str,
}

const GAPS: Gaps = Gaps {
    slot: "gap-ack-blocks",
    count: "number-of-gap-ack-blocks",
};
const NR_GAPS: Gaps = Gaps {
    slot: "nr-gap-ack-blocks",
    count: "number-of-nr-gap-ack-blocks",
};

/// Name of the slot with the number of duplicate TSNs after the gap ack blocks.
pub(super) const DUPLICATE_COUNT: &str = "number-of-duplicate-tsns";
/// Name of the slot with the number of parameters in a Missing Mandatory Parameter cause.
pub(super) const MISSING_COUNT: &str = "number-of-missing-parameters";

pub(super) fn form_of(kind: Kind) -> Form {
    let (header, own, rest): (&[Bits], Vec<Bits>, Rest) = match kind {
        Kind::Chunk(kind) => {
            let own = bits::own_of(kind).iter().chain(more_of(kind)).copied();
            (bits::OF_ANY_CHUNK, own.collect(), rest_of_chunk(kind))
        }
        Kind::Parameter(number) => {
            let (own, rest) = of_parameter(number);
            (OF_ANY_TLV, own.to_vec(), rest)
        }
        Kind::Cause(number) => {
            let (own, rest) = of_cause(number);
            (OF_ANY_TLV, own.to_vec(), rest)
        }
    };
    let ends = own.iter().map(|place| place.end());
    // The bytes up to a multiple of 4 are reserved.
    let length = ends.max().unwrap_or(HEADER).max(HEADER);
    Form {
        places: header.iter().copied().chain(own).collect(),
        length: length.next_multiple_of(4),
        rest,
    }
}

const OF_ANY_TLV: &[Bits] = &[short("type", 0), short("length", 2)];

/// Slots of a chunk that only the builder fills. [`bits`] lacks them, because a rule does
/// not rewrite them: other fields depend on them, or say what they mean.
fn more_of(kind: ChunkType) -> &'static [Bits] {
    match kind {
        ChunkType::IData => const { &[word("ppid", 16), word("fsn", 16)] },
        ChunkType::Sack => const { &[short(GAPS.count, 12), short(DUPLICATE_COUNT, 14)] },
        ChunkType::NrSack => {
            const {
                &[
                    short(GAPS.count, 12),
                    short(NR_GAPS.count, 14),
                    short(DUPLICATE_COUNT, 16),
                ]
            }
        }
        _ => &[],
    }
}

fn rest_of_chunk(kind: ChunkType) -> Rest {
    match kind {
        ChunkType::Data | ChunkType::IData => Rest::Bytes("payload"),
        ChunkType::Init | ChunkType::InitAck | ChunkType::ReConfig => PARAMETERS,
        ChunkType::Asconf | ChunkType::AsconfAck => PARAMETERS,
        ChunkType::Sack => Rest::Gaps(&[GAPS]),
        ChunkType::NrSack => Rest::Gaps(&[GAPS, NR_GAPS]),
        ChunkType::Heartbeat | ChunkType::HeartbeatAck => Rest::Info,
        ChunkType::Abort | ChunkType::Error => CAUSES,
        ChunkType::CookieEcho => Rest::Bytes("cookie"),
        ChunkType::Auth => Rest::Hmac,
        ChunkType::Pad => Rest::Bytes("data"),
        ChunkType::ForwardTsn => Rest::Skipped("ssns", 2),
        ChunkType::IForwardTsn => Rest::Skipped("mids", 4),
        ChunkType::Shutdown
        | ChunkType::ShutdownAck
        | ChunkType::ShutdownComplete
        | ChunkType::CookieAck
        | ChunkType::Ecne
        | ChunkType::Cwr => Rest::Nothing,
        ChunkType::Unknown(_) => VALUE,
    }
}

const PARAMETERS: Rest = Rest::Items(Family::Parameters);
const CAUSES: Rest = Rest::Items(Family::Causes);
/// The value of an unknown item is bytes.
const VALUE: Rest = Rest::Bytes("value");

fn of_parameter(number: u16) -> (&'static [Bits], Rest) {
    const CORRELATION: &[Bits] = &[word("correlation-id", 4)];
    const REQUEST: &[Bits] = &[word("request", 4)];
    const STREAMS: Rest = Rest::Numbers("streams", 2, None);
    const CHUNKS: Rest = Rest::Numbers("chunks", 1, Some(Registry::Chunks));
    match number {
        HEARTBEAT_INFO => (&[], Rest::Bytes("info")),
        5 => (&[], Rest::Address(4)),
        6 => (&[], Rest::Address(16)),
        7 => (&[], Rest::Bytes("cookie")),
        8 => (&[], Rest::Bytes("parameter")),
        9 => (const { &[word("increment", 4)] }, Rest::Nothing),
        11 => (&[], Rest::Bytes("name")),
        12 => (
            &[],
            Rest::Numbers("address-types", 2, Some(Registry::Addresses)),
        ),
        13 => (
            const {
                &[
                    word("request", 4),
                    word("response", 8),
                    word("last-tsn", 12),
                ]
            },
            STREAMS,
        ),
        14 => (REQUEST, STREAMS),
        15 => (REQUEST, Rest::Nothing),
        16 => (
            const { &[word("response", 4), word("result", 8)] },
            Rest::Numbers("next-tsns", 4, None),
        ),
        17 | 18 => (
            const { &[word("request", 4), short("count", 8)] },
            Rest::Nothing,
        ),
        0x8000 | 0xc000 => (&[], Rest::Nothing),
        0x8001 => (const { &[word("method", 4)] }, Rest::Nothing),
        0x8002 => (&[], Rest::Bytes("random")),
        0x8003 | 0x8008 => (&[], CHUNKS),
        0x8004 => (&[], Rest::Numbers("algorithms", 2, Some(Registry::Hmacs))),
        0x8005 => (&[], Rest::Bytes("data")),
        0xc001 | 0xc002 | 0xc004 => (CORRELATION, Rest::AddressParameter),
        0xc003 => (CORRELATION, CAUSES),
        0xc005 => (CORRELATION, Rest::Nothing),
        0xc006 => (const { &[word("code", 4)] }, Rest::Nothing),
        _ => (&[], VALUE),
    }
}

fn of_cause(number: u16) -> (&'static [Bits], Rest) {
    match number {
        1 => (const { &[short("stream", 4)] }, Rest::Nothing),
        2 => (
            const { &[word(MISSING_COUNT, 4)] },
            Rest::Numbers("parameters", 2, Some(Registry::Parameters)),
        ),
        3 => (const { &[word("staleness", 4)] }, Rest::Nothing),
        4 | 7 | 10 => (&[], Rest::Nothing),
        5 | 6 | 8 | 12 | 13 | 0xa0..=0xa4 => (&[], Rest::Bytes("information")),
        9 => (const { &[word("tsn", 4)] }, Rest::Nothing),
        11 => (&[], Rest::AddressParameters),
        0x105 => (&[], Rest::Numbers("hmac-id", 2, Some(Registry::Hmacs))),
        _ => (&[], VALUE),
    }
}

pub(super) fn slots(kind: Kind) -> Vec<Slot> {
    let form = form_of(kind);
    let slot = |name, holds| Slot { name, holds };
    let mut slots: Vec<Slot> = form
        .places
        .iter()
        .map(|place| slot(place.name, held(*place)))
        .collect();
    match form.rest {
        Rest::Nothing => {}
        Rest::Bytes(name) => slots.push(slot(name, Holds::Bytes)),
        Rest::Hmac => slots.push(slot("hmac", Holds::Hmac)),
        Rest::Address(_) | Rest::AddressParameter => slots.push(slot("address", Holds::Address)),
        Rest::AddressParameters => slots.push(slot("addresses", Holds::Addresses)),
        Rest::Numbers(name, width, registry) => {
            let most = greatest(width);
            let holds = match registry {
                Some(registry) => Holds::Codes(registry, most),
                None => Holds::Numbers(most),
            };
            slots.push(slot(name, holds));
        }
        Rest::Items(family) => {
            let name = match family {
                Family::Causes => "causes",
                Family::Parameters | Family::Chunks => "parameters",
            };
            slots.push(slot(name, Holds::Items(family)));
        }
        Rest::Info => {
            slots.push(slot("info", Holds::Bytes));
            slots.push(slot("parameters", Holds::Items(Family::Parameters)));
        }
        Rest::Gaps(kinds) => {
            slots.extend(kinds.iter().map(|kind| slot(kind.slot, Holds::Ranges)));
            slots.push(slot("duplicate-tsns", Holds::Numbers(u32::MAX)));
        }
        Rest::Skipped(name, width) => {
            slots.push(slot("streams", Holds::Numbers(greatest(2))));
            slots.push(slot(name, Holds::Numbers(greatest(width))));
            if width == 4 {
                slots.push(slot("unordered", Holds::Numbers(1)));
            }
        }
    }
    if form.rest != VALUE {
        slots.push(slot("value", Holds::Bytes));
    }
    slots.push(slot("padding", Holds::Bytes));
    slots
}

/// Offsets of the parts of a chunk that have no fixed length.
pub(crate) struct Whereabouts {
    /// Bytes: their name, and the offset at which they begin.
    pub(crate) bytes: Option<(&'static str, usize)>,
    /// Parameters or error causes, and the offset of the first.
    pub(crate) items: Option<(Family, usize)>,
}

pub(crate) fn whereabouts(kind: ChunkType) -> Whereabouts {
    let form = form_of(Kind::Chunk(kind));
    let (bytes, items) = match form.rest {
        Rest::Bytes(name) => (Some((name, form.length)), None),
        Rest::Hmac => (Some(("hmac", form.length)), None),
        // After the type and length of the Heartbeat Info parameter.
        Rest::Info => (Some(("info", form.length + HEADER)), None),
        Rest::Items(family) => (None, Some((family, form.length))),
        _ => (None, None),
    };
    Whereabouts { bytes, items }
}

pub(super) fn main_slot(kind: Kind) -> Option<&'static str> {
    let form = form_of(kind);
    match form.rest {
        Rest::Nothing => {
            let own = form.places.iter();
            own.map(|place| place.name)
                .find(|name| !["type", "flags", "length"].contains(name))
        }
        Rest::Bytes(name) | Rest::Numbers(name, ..) => Some(name),
        Rest::Hmac => Some("hmac"),
        Rest::Address(_) | Rest::AddressParameter => Some("address"),
        Rest::AddressParameters => Some("addresses"),
        Rest::Info => Some("info"),
        Rest::Items(_) | Rest::Gaps(_) | Rest::Skipped(..) => None,
    }
}

fn held(place: Bits) -> Holds {
    match (place.name, place.greatest()) {
        ("i" | "u" | "b" | "e" | "t", 1) => Holds::Flag,
        ("hmac-id", most) => Holds::Code(Registry::Hmacs, most),
        ("result", most) => Holds::Code(Registry::Results, most),
        (_, most) => Holds::Number(most),
    }
}

/// The greatest number of this many bytes.
fn greatest(width: usize) -> u32 {
    match width {
        1 => u8::MAX.into(),
        2 => u16::MAX.into(),
        _ => u32::MAX,
    }
}
