//! The fields of chunks by name, for code that handles chunks of all types alike: rules,
//! assertions, reports.
//!
//! Names are the terms of RFC 9260 and its extensions in lower case with dashes
//! (`initiate-tag`, `cumulative-tsn-ack`). The name of a flag is its letter (`t`, `u`).
//! The names are stable, since scenarios of sctp-lab use them. Parameters and error causes count as
//! fields of the chunk that carries them.
//!
//! ```
//! use sctp_wire::{Chunk, ChunkType, chunk::Abort, field::FieldTest};
//!
//! let abort = Chunk::from(Abort { tag_reflected: true, causes: vec![] });
//! assert_eq!(abort.fields()[0].to_string(), "t=true");
//!
//! let t = ChunkType::Abort.field("t").ok_or("no such field")?;
//! let test = FieldTest::member(t, "true").ok_or("no such value")?;
//! assert!(test.matches(&abort));
//! # Ok::<(), &str>(())
//! ```

mod causes;
mod parameters;
mod pattern;
mod registry;
mod row;
mod test;
mod value;

pub use pattern::ChunkPattern;
pub use registry::Registry;
pub use test::{FieldTest, Pattern, number_range};
pub use value::{Field, FieldKind, FieldSpec, FieldValue};

pub(crate) use causes::OF_CAUSES;
pub(crate) use parameters::{OF_ASCONF, OF_ASCONF_ACK, OF_INIT, OF_RE_CONFIG, cookies};
pub(crate) use row::{Fields, Row, all_of, one_of, specs_of};
