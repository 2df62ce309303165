//! Decodes an SCTP packet in hex, and prints its chunks with their fields.
//!
//! `cargo run -p sctp-wire --example decode -- 1388138912345678000000000700000800000007`

use std::error::Error;

use bytes::Bytes;
use sctp_wire::Packet;

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let hex = std::env::args().nth(1).ok_or("which packet, in hex?")?;
    let digits = hex.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair)?;
        Ok(u8::from_str_radix(pair, 16)?)
    });
    let bytes: Vec<u8> = digits.collect::<Result<_, Box<dyn Error>>>()?;
    // Prints the chunks that can be decoded, and the error in the rest.
    let decoded = Packet::decode_lenient(&Bytes::from(bytes))?;
    let packet = &decoded.packet;
    println!(
        "{} > {}, {}, checksum {:?}",
        packet.source_port, packet.destination_port, packet.verification_tag, packet.checksum
    );
    for chunk in &packet.chunks {
        println!("{chunk}");
    }
    if let Some(error) = decoded.error {
        println!("{error}");
    }
    Ok(())
}
