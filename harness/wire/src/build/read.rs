//! Reads descriptions from bytes, by the same table.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use bytes::Bytes;

use super::form::{Form, HEADER, Rest, form_of};
use super::kind::HEARTBEAT_INFO;
use super::{Family, Item, Kind, Value};
use crate::ChunkType;

impl Item {
    /// A description from which the chunk's bytes can be built again. The slot `value`
    /// has the bytes of a chunk that does not match the table; the slot `padding` has
    /// unusual padding.
    ///
    /// The padding after the chunk may be missing. `None` where there are fewer bytes
    /// than the chunk's length says, or more than its padding has.
    #[must_use]
    pub fn read(chunk: &[u8]) -> Option<Self> {
        let kind = Kind::Chunk(ChunkType::from(*chunk.first()?));
        let length = length_of(chunk)?;
        let (bytes, padding) = chunk.split_at_checked(length)?;
        let should = length.next_multiple_of(4) - length;
        if padding.len() > should {
            return None;
        }
        let item = read_one(kind, bytes)?;
        let is_said = !padding.is_empty() && !is_usual(padding, should);
        Some(with_padding(item, is_said, padding))
    }
}

/// The length field of a value.
fn length_of(bytes: &[u8]) -> Option<usize> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]));
    (length >= HEADER).then_some(length)
}

/// Whether the padding equals the padding of the builder.
fn is_usual(padding: &[u8], should: usize) -> bool {
    padding.len() == should && padding.iter().all(|byte| *byte == 0)
}

fn with_padding(item: Item, is_said: bool, padding: &[u8]) -> Item {
    match is_said {
        true => item.with("padding", Value::Bytes(Bytes::copy_from_slice(padding))),
        false => item,
    }
}

/// Reads an item from exactly its bytes.
fn read_one(kind: Kind, bytes: &[u8]) -> Option<Item> {
    let form = form_of(kind);
    let by_form = read_by(&form, kind, bytes);
    // An item with non-zero reserved bits, or one that the table cannot represent, builds
    // to other bytes.
    let same = |item: &Item| item.build_bare().is_ok_and(|built| built == bytes);
    let bare = || {
        let item = Item::new(kind).with(
            "value",
            Value::Bytes(Bytes::copy_from_slice(&bytes[HEADER..])),
        );
        match kind {
            Kind::Chunk(_) => item.with("flags", Value::Number(bytes[1].into())),
            Kind::Parameter(_) | Kind::Cause(_) => item,
        }
    };
    Some(by_form.filter(same).unwrap_or_else(bare))
}

fn read_by(form: &Form, kind: Kind, bytes: &[u8]) -> Option<Item> {
    let rest = bytes.get(form.length..)?;
    let mut item = Item::new(kind);
    for place in &form.places {
        // Type and length follow from the item.
        if !["type", "length"].contains(&place.name) {
            let number = place.read(bytes)?;
            item = item.with(place.name, Value::Number(number.into()));
        }
    }
    let bytes_of = |bytes: &[u8]| Value::Bytes(Bytes::copy_from_slice(bytes));
    Some(match form.rest {
        Rest::Nothing => item,
        Rest::Bytes(slot) => item.with(slot, bytes_of(rest)),
        Rest::Hmac => item.with("hmac", bytes_of(rest)),
        Rest::Address(_) => item.with("address", Value::Address(address(rest)?)),
        Rest::AddressParameter => {
            let address = address(rest.get(HEADER..)?)?;
            item.with("address", Value::Address(address))
        }
        Rest::AddressParameters => {
            let parameters = split(rest)?;
            let addresses = parameters.iter().map(|(it, _)| address(it.get(HEADER..)?));
            let addresses = addresses.map(|it| it.map(Value::Address));
            item.with("addresses", Value::List(addresses.collect::<Option<_>>()?))
        }
        Rest::Numbers(slot, width, _) => item.with(slot, Value::List(numbers(rest, width))),
        Rest::Items(Family::Causes) => item.with("causes", items(rest, Kind::Cause)?),
        Rest::Items(_) => item.with("parameters", items(rest, Kind::Parameter)?),
        Rest::Info => match items(rest, Kind::Parameter)? {
            Value::Items(all) => match all.as_slice() {
                [one]
                    if one.kind == Kind::Parameter(HEARTBEAT_INFO)
                        && one.get("padding").is_none() =>
                {
                    let info = one.get("info").cloned();
                    item.with("info", info?)
                }
                _ => item.with("parameters", Value::Items(all)),
            },
            _ => item,
        },
        Rest::Gaps(kinds) => {
            let mut rest = rest;
            for kind in kinds {
                let count = match item.get(kind.count) {
                    Some(Value::Number(count)) => usize::try_from(*count).ok()?,
                    _ => 0,
                };
                let (gaps, behind) = rest.split_at_checked(4 * count)?;
                let gaps = gaps.chunks_exact(4).map(range).collect();
                item = item.with(kind.slot, Value::List(gaps));
                rest = behind;
            }
            item.with("duplicate-tsns", Value::List(numbers(rest, 4)))
        }
        Rest::Skipped(slot, width) => {
            let column = |from: usize, width: usize, step: usize| {
                let each = rest.chunks_exact(step);
                let each = each.flat_map(|it| numbers(&it[from..from + width], width));
                Value::List(each.collect())
            };
            let item = match width {
                4 => item.with("unordered", column(2, 2, 8)),
                _ => item,
            };
            let (from, step) = if width == 4 { (4, 8) } else { (2, 4) };
            item.with("streams", column(0, 2, step))
                .with(slot, column(from, width, step))
        }
    })
}

/// A range of numbers, from two numbers of two bytes each.
fn range(pair: &[u8]) -> Value {
    Value::Range(
        u16::from_be_bytes([pair[0], pair[1]]),
        u16::from_be_bytes([pair[2], pair[3]]),
    )
}

fn numbers(bytes: &[u8], width: usize) -> Vec<Value> {
    let one = |it: &[u8]| {
        it.iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    };
    bytes.chunks(width).map(one).map(Value::Number).collect()
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = || <[u8; 4]>::try_from(bytes).ok().map(Ipv4Addr::from);
    let v6 = || <[u8; 16]>::try_from(bytes).ok().map(Ipv6Addr::from);
    v4().map(IpAddr::from).or_else(|| v6().map(IpAddr::from))
}

/// Parameters or causes. Unusual padding between them is described, and padding after the
/// last one if the length of the enclosing item counts it.
fn items(bytes: &[u8], kind: fn(u16) -> Kind) -> Option<Value> {
    let split = split(bytes)?;
    let last = split.len().saturating_sub(1);
    let items = split.into_iter().enumerate().map(|(at, (bytes, padding))| {
        let number = u16::from_be_bytes([bytes[0], bytes[1]]);
        let should = bytes.len().next_multiple_of(4) - bytes.len();
        let is_said = match at == last {
            true => !padding.is_empty(),
            false => !is_usual(padding, should),
        };
        Some(with_padding(
            read_one(kind(number), bytes)?,
            is_said,
            padding,
        ))
    });
    Some(Value::Items(items.collect::<Option<_>>()?))
}

/// Splits values with a type and a length, each with its padding.
fn split(mut bytes: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let length = length_of(bytes)?;
        let end = length.next_multiple_of(4).min(bytes.len());
        let (whole, behind) = bytes.split_at(end);
        all.push(whole.split_at_checked(length)?);
        bytes = behind;
    }
    Some(all)
}
