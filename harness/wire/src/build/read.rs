//! From bytes to descriptions, by the same table.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use bytes::Bytes;

use super::form::{Form, GAP_COUNT, HEADER, Rest, form_of};
use super::kind::HEARTBEAT_INFO;
use super::{Family, Item, Kind, Value};
use crate::ChunkType;

impl Item {
    /// A description that the chunk's bytes can be built from again. What does not
    /// fit the table is described by `value`, as bytes.
    ///
    /// `None` where the bytes are not as many as the chunk's length says.
    #[must_use]
    pub fn read(chunk: &[u8]) -> Option<Self> {
        let kind = Kind::Chunk(ChunkType::from(*chunk.first()?));
        read_one(kind, chunk)
    }
}

fn read_one(kind: Kind, bytes: &[u8]) -> Option<Item> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]));
    if length < HEADER || length != bytes.len() {
        return None;
    }
    let form = form_of(kind);
    let by_form = read_by(&form, kind, bytes);
    // What is reserved, and what cannot be told apart, may differ.
    let same = |item: &Item| item.build_bare_is(bytes);
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
        // Those two follow from the item.
        if !["type", "length"].contains(&place.name) {
            let number = place.read(bytes)?;
            item = item.with(place.name, Value::Number(number.into()));
        }
    }
    let bytes_of = |bytes: &[u8]| Value::Bytes(Bytes::copy_from_slice(bytes));
    Some(match form.rest {
        Rest::Nothing => item,
        Rest::Bytes(slot) => item.with(slot, bytes_of(rest)),
        Rest::Address(_) => item.with("address", Value::Address(address(rest)?)),
        Rest::AddressParameter => {
            let address = address(rest.get(HEADER..)?)?;
            item.with("address", Value::Address(address))
        }
        Rest::AddressParameters => {
            let parameters = split(rest)?;
            let addresses = parameters.iter().map(|it| address(it.get(HEADER..)?));
            let addresses = addresses.map(|it| it.map(Value::Address));
            item.with("addresses", Value::List(addresses.collect::<Option<_>>()?))
        }
        Rest::Numbers(slot, width, _) => item.with(slot, Value::List(numbers(rest, width))),
        Rest::Items(Family::Causes) => item.with("causes", items(rest, Kind::Cause)?),
        Rest::Items(_) => item.with("parameters", items(rest, Kind::Parameter)?),
        Rest::Info => match items(rest, Kind::Parameter)? {
            Value::Items(all) => match all.as_slice() {
                [one] if one.kind == Kind::Parameter(HEARTBEAT_INFO) => {
                    let info = one.get("info").cloned();
                    item.with("info", info?)
                }
                _ => item.with("parameters", Value::Items(all)),
            },
            _ => item,
        },
        Rest::Sack => {
            let gaps = match item.get(GAP_COUNT) {
                Some(Value::Number(count)) => usize::try_from(*count).ok()?,
                _ => 0,
            };
            let (gaps, duplicates) = rest.split_at_checked(4 * gaps)?;
            let pair = |it: &[u8]| {
                Value::Range(
                    u16::from_be_bytes([it[0], it[1]]),
                    u16::from_be_bytes([it[2], it[3]]),
                )
            };
            let gaps = gaps.chunks_exact(4).map(pair).collect();
            item.with("gap-ack-blocks", Value::List(gaps))
                .with("duplicate-tsns", Value::List(numbers(duplicates, 4)))
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

impl Item {
    fn build_bare_is(&self, bytes: &[u8]) -> bool {
        let mut padded = bytes.to_vec();
        crate::tlv::pad(&mut padded);
        self.build().is_ok_and(|built| built == padded)
    }
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

fn items(bytes: &[u8], kind: fn(u16) -> Kind) -> Option<Value> {
    let items = split(bytes)?.into_iter().map(|it| {
        let number = u16::from_be_bytes([it[0], it[1]]);
        read_one(kind(number), it)
    });
    Some(Value::Items(items.collect::<Option<_>>()?))
}

/// Values with a type and a length in front, without their padding.
fn split(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let length = usize::from(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]));
        all.push(bytes.get(..length).filter(|it| it.len() >= HEADER)?);
        bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    Some(all)
}
