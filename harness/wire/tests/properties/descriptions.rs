//! What decodes can be described, and is built from its description.

use proptest::prelude::*;
use sctp_wire::build::{Item, Kind, Sum, assemble};
use sctp_wire::{Chunk, ChunkType, Packet, VerificationTag};

use crate::any_chunk::any_of;

/// Any chunk, each type as likely as another.
fn any_chunk() -> impl Strategy<Value = Chunk> {
    let kinds = ChunkType::ALL.iter().copied();
    let kinds: Vec<_> = kinds.chain([ChunkType::Unknown(99)]).collect();
    proptest::sample::select(kinds).prop_flat_map(any_of)
}

proptest! {
    #[test]
    fn a_chunk_is_built_from_its_description(chunk in any_chunk()) {
        let packet = Packet::new(5000, 5001, VerificationTag(7), vec![chunk.clone()]).encode();
        let length = usize::from(u16::from_be_bytes([packet[14], packet[15]]));
        let described = Item::read(&packet[12..12 + length]).unwrap();
        let built = assemble((5000, 5001), 7, &described.build().unwrap(), Sum::Good);
        prop_assert_eq!(&built, &packet, "{}", described);
        // By name, and not as so many bytes.
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
