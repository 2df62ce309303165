//! Counts the packets of each interface of a capture on standard input.
//!
//! ```sh
//! cargo run --example count < call.pcapng
//! ```

use std::collections::BTreeMap;
use std::io;

use pcapng_stream::{ReadError, Reader};

fn main() -> Result<(), ReadError> {
    let mut reader = Reader::new(io::stdin())?;
    let mut counts = BTreeMap::<_, u64>::new();
    while let Some(packet) = reader.next_ref()? {
        *counts.entry(packet.interface).or_default() += 1;
    }
    for (id, count) in counts {
        let interface = reader.interface(id);
        let name = interface.name.as_deref().unwrap_or("unnamed");
        println!("{name}, {}: {count} packets", interface.link_type);
    }
    Ok(())
}
