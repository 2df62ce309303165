//! Builds packets from descriptions, including packets that no stack would send.
//!
//! An [`Item`] describes a chunk, parameter or error cause: its kind, and the values of
//! its [`Slot`]s. A slot without a value is zero, empty, or computed from the other
//! slots. One table (`form`) has the place of each slot: [`Item::build`] writes by it,
//! and [`Item::read`] reads by it.
//!
//! ```
//! use sctp_wire::build::{Item, Kind, Value, assemble, Sum};
//! use sctp_wire::{ChunkType, Packet};
//!
//! let unknown = Item::new(Kind::Parameter(0xc0cc));
//! let init = Item::new(Kind::Chunk(ChunkType::Init))
//!     .with("initiate-tag", Value::Number(1))
//!     .with("parameters", Value::Items(vec![unknown]));
//! let packet = assemble((5001, 5000), 0, &init.build()?, Sum::Good);
//! assert_eq!(
//!     Packet::decode(&packet)?.to_string(),
//!     "INIT tag=0x00000001 a_rwnd=0 os=0 mis=0 tsn=0 [unknown parameter 0xc0cc len=0]",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Every item also has the slots `length`, `padding` and `value`. They describe a wrong
//! length, missing padding, and arbitrary bytes in the place of a value.

mod form;
mod kind;
mod read;
mod slot;
mod value;
mod write;

pub(crate) use form::whereabouts;
pub use kind::{Family, Kind};
pub use slot::{Holds, Slot};
pub(crate) use value::hex;
pub use value::{Change, Hmac, Item, Later, Unknown, Value};
pub use write::{BuildError, Sum, assemble};
