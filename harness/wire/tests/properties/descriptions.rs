//! Every chunk that decodes has a description, from which it is built again.

use bytes::Bytes;
use proptest::prelude::*;
use sctp_wire::build::{Item, Kind, Sum, Value, assemble};
use sctp_wire::{Chunk, ChunkType, Packet, VerificationTag};

use crate::any_chunk::any_of;

/// Any chunk, each type as likely as another.
fn any_chunk() -> impl Strategy<Value = Chunk> {
    let kinds = ChunkType::ALL.iter().copied();
    let kinds: Vec<_> = kinds.chain([ChunkType::Unknown(99)]).collect();
    proptest::sample::select(kinds).prop_flat_map(any_of)
}

/// Padding other than zero is described, too, since a stack must accept it (RFC 9260,
/// section 3.2).
#[test]
fn padding_is_described_where_it_is_not_as_it_should_be() {
    let parameter = |number, padding: Option<&'static [u8]>| {
        let one = Item::new(Kind::Parameter(number)).with("value", Value::Bytes("12345".into()));
        match padding {
            Some(padding) => one.with("padding", Value::Bytes(padding.into())),
            None => one,
        }
    };
    let init = |parameters| {
        Item::new(Kind::Chunk(ChunkType::Init)).with("parameters", Value::Items(parameters))
    };
    for (first, last) in [
        (None, None),
        (Some(&[1, 2, 3][..]), None),
        (None, Some(&[0, 0, 0][..])),
        (Some(&[9, 9, 9][..]), Some(&[8][..])),
    ] {
        let parameters = vec![parameter(0xfff0, first), parameter(0xfff1, last)];
        let built = init(parameters).build().unwrap();
        let read = Item::read(&built).unwrap();
        assert_eq!(read.build().unwrap(), built);
        let Some(Value::Items(items)) = read.get("parameters") else {
            panic!("{read} is described by no parameters");
        };
        let said = |at: usize| match items[at].get("padding") {
            Some(Value::Bytes(padding)) => Some(&padding[..]),
            _ => None,
        };
        assert_eq!((said(0), said(1)), (first, last), "{read}");
    }
}

#[test]
fn the_padding_behind_a_chunk_is_read() {
    let chunk = [0xfe, 0, 0, 5, 7];
    for (padding, said) in [
        (&[][..], None),
        (&[0, 0, 0], None),
        (&[0], Some(&[0][..])),
        (&[1, 2, 3], Some(&[1, 2, 3])),
    ] {
        let bytes = [&chunk[..], padding].concat();
        let read = Item::read(&bytes).unwrap();
        let said = said.map(|it| Value::Bytes(Bytes::from_static(it)));
        assert_eq!(read.get("padding"), said.as_ref());
        if !padding.is_empty() {
            assert_eq!(read.build().unwrap(), bytes);
        }
    }
    assert_eq!(Item::read(&[0xfe, 0, 0, 5, 7, 0, 0, 0, 0]), None);
    assert_eq!(Item::read(&chunk[..4]), None);
}

proptest! {
    #[test]
    fn a_chunk_is_built_from_its_description(chunk in any_chunk()) {
        let packet = Packet::new(5000, 5001, VerificationTag(7), vec![chunk.clone()]).encode();
        let length = usize::from(u16::from_be_bytes([packet[14], packet[15]]));
        let described = Item::read(&packet[12..12 + length]).unwrap();
        let built = assemble((5000, 5001), 7, &described.build().unwrap(), Sum::Good);
        prop_assert_eq!(&built, &packet, "{}", described);
        // The description names the fields instead of giving bytes.
        if chunk.kind() != ChunkType::Unknown(99) {
            prop_assert!(described.get("value").is_none(), "{}", described);
        }
    }

    #[test]
    fn what_a_slot_is_said_to_hold_can_be_read_again(number in any::<u32>()) {
        for &kind in ChunkType::ALL {
            for slot in Kind::Chunk(kind).slots() {
                let text = number.to_string();
                let Some(value) = slot.parse(&text) else {
                    continue;
                };
                if ["length", "type", "flags"].contains(&slot.name)
                    || slot.name.starts_with("number-of")
                {
                    continue;
                }
                let item = Item::new(Kind::Chunk(kind)).with(slot.name, value.clone());
                let bytes = item.build().unwrap();
                prop_assert!(bytes.len() >= 4 && bytes.len().is_multiple_of(4) || slot.name == "padding");
            }
        }
    }
}
