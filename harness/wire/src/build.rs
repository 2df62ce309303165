//! Building packets from descriptions, also such as no stack would send.
//!
//! An [`Item`] says of a chunk, parameter or error cause what kind it is and what
//! stands in its [`Slot`]s; whatever is not said is zero, empty, or follows from the
//! rest. One table (`form`) tells where each slot is: [`Item::build`] writes by it,
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
//! A length that lies, padding that is left out, and bytes in the place of a value
//! can be said as well: the slots `length`, `padding` and `value` of every item.

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
