//! Builds bytes from descriptions.

use std::net::IpAddr;

use super::form::{DUPLICATE_COUNT, Form, HEADER, MISSING_COUNT, Rest, form_of};
use super::kind::HEARTBEAT_INFO;
use super::{Item, Kind, Value};
use crate::bits::OF_HEADER;
use crate::checksum::Checksum;
use crate::parameter::HmacId;

/// Reason why a description cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A value does not fit its slot.
    #[error("`{slot}` of {item} cannot be {value}")]
    Misfit {
        /// Kind of the item.
        item: String,
        /// The slot.
        slot: &'static str,
        /// The value.
        value: String,
    },
    /// The item has no slot of this name.
    #[error("{item} has no `{slot}`")]
    NoSlot {
        /// Kind of the item.
        item: String,
        /// The slot.
        slot: &'static str,
    },
}

/// The checksum of a built packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sum {
    /// The CRC32c.
    #[default]
    Good,
    /// A number that is neither the CRC32c nor 0.
    Wrong,
    /// Zero, which RFC 9653 allows.
    Zero,
    /// The Adler-32 of RFC 2960.
    Adler32,
    /// This number, in network byte order in the packet's bytes.
    Number(u32),
}

/// An SCTP packet: a common header with these ports, this verification tag and this
/// checksum, and then `body`, the encoded chunks.
#[must_use]
pub fn assemble((source, destination): (u16, u16), tag: u32, body: &[u8], sum: Sum) -> Vec<u8> {
    let mut packet = vec![0; 12];
    for (place, value) in OF_HEADER
        .iter()
        .zip([source.into(), destination.into(), tag])
    {
        place.write(&mut packet, value);
    }
    packet.extend_from_slice(body);
    let checksum = match sum {
        Sum::Good | Sum::Wrong => Checksum::Good,
        Sum::Zero => Checksum::Zero,
        Sum::Adler32 => Checksum::Adler32,
        Sum::Number(number) => Checksum::Wrong {
            found: number.swap_bytes(),
            computed: 0,
        },
    };
    checksum.write(&mut packet);
    if sum == Sum::Wrong {
        // Flipping one bit suffices, and a second one if the result is zero.
        packet[8] ^= 1;
        if packet[8..12] == [0; 4] {
            packet[8] ^= 3;
        }
    }
    packet
}

impl Item {
    /// The bytes of the item, with its padding.
    ///
    /// # Errors
    ///
    /// If a value does not fit its slot. Names must have been [resolved](Self::resolved).
    pub fn build(&self) -> Result<Vec<u8>, BuildError> {
        let mut bytes = self.build_bare()?;
        self.pad(&mut bytes)?;
        Ok(bytes)
    }

    /// The bytes of the item, without padding.
    pub(super) fn build_bare(&self) -> Result<Vec<u8>, BuildError> {
        let form = form_of(self.kind);
        let mut bytes = vec![0; form.length];
        set(&form, &mut bytes, "type", self.kind.number().into());
        match self.get("value") {
            Some(value) if form.rest != Rest::Bytes("value") => {
                bytes.truncate(HEADER);
                bytes.extend(self.bytes("value", value)?);
            }
            _ => self.append_rest(&form, &mut bytes)?,
        }
        let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
        set(&form, &mut bytes, "length", length.into());
        for (slot, value) in &self.slots {
            let Some(place) = form.places.iter().find(|place| place.name == *slot) else {
                if self.kind.slot(slot).is_none() {
                    return Err(BuildError::NoSlot {
                        item: self.kind.to_string(),
                        slot,
                    });
                }
                continue;
            };
            let number = self.number(slot, value, place.greatest())?;
            place.write(&mut bytes, number);
        }
        Ok(bytes)
    }

    /// Pads with the slot `padding`, or by default with zeros to a multiple of 4.
    fn pad(&self, bytes: &mut Vec<u8>) -> Result<(), BuildError> {
        match self.get("padding") {
            Some(padding) => bytes.extend(self.bytes("padding", padding)?),
            None => crate::tlv::pad(bytes),
        }
        Ok(())
    }

    fn append_rest(&self, form: &Form, out: &mut Vec<u8>) -> Result<(), BuildError> {
        match form.rest {
            Rest::Nothing => {}
            Rest::Bytes(slot) => {
                if let Some(value) = self.get(slot) {
                    out.extend(self.bytes(slot, value)?);
                }
            }
            Rest::Hmac => match self.get("hmac") {
                Some(Value::Hmac(_)) => out.resize(out.len() + self.hmac_length()?, 0),
                Some(value) => out.extend(self.bytes("hmac", value)?),
                None => {}
            },
            Rest::Address(width) => out.extend(self.address(width)?),
            Rest::AddressParameter => {
                if let Some(value) = self.get("address") {
                    out.extend(self.address_parameter("address", value)?);
                }
            }
            Rest::AddressParameters => {
                for value in self.list("addresses")? {
                    out.extend(self.address_parameter("addresses", value)?);
                }
            }
            Rest::Numbers(slot, width, _) => {
                let list = self.list(slot)?;
                set(form, out, MISSING_COUNT, counted(list));
                self.append_numbers(slot, width, list, out)?;
            }
            Rest::Items(_) => self.append_items(out)?,
            Rest::Info => match self.get("info") {
                Some(info) if self.get("parameters").is_none() => {
                    let info =
                        Item::new(Kind::Parameter(HEARTBEAT_INFO)).with("info", info.clone());
                    out.extend(info.build_bare()?);
                }
                _ => self.append_items(out)?,
            },
            Rest::Gaps(kinds) => {
                for kind in kinds {
                    let gaps = self.list(kind.slot)?;
                    set(form, out, kind.count, counted(gaps));
                    for gap in gaps {
                        let Value::Range(first, last) = gap else {
                            return Err(self.misfit(kind.slot, gap));
                        };
                        out.extend(first.to_be_bytes());
                        out.extend(last.to_be_bytes());
                    }
                }
                let duplicates = self.list("duplicate-tsns")?;
                set(form, out, DUPLICATE_COUNT, counted(duplicates));
                self.append_numbers("duplicate-tsns", 4, duplicates, out)?;
            }
            Rest::Skipped(slot, width) => {
                let numbers = self.list(slot)?;
                let unordered = match width {
                    4 => self.list("unordered")?,
                    _ => &[],
                };
                for (at, stream) in self.list("streams")?.iter().enumerate() {
                    self.append_numbers("streams", 2, std::slice::from_ref(stream), out)?;
                    if width == 4 {
                        let unordered = unordered.get(at).unwrap_or(&Value::Number(0));
                        self.append_numbers("unordered", 2, std::slice::from_ref(unordered), out)?;
                    }
                    let number = numbers.get(at).unwrap_or(&Value::Number(0));
                    self.append_numbers(slot, width, std::slice::from_ref(number), out)?;
                }
            }
        }
        Ok(())
    }

    /// Appends parameters or causes with padding between them. The last one has no
    /// padding by default, since the chunk's length does not count that padding (RFC 9260,
    /// section 3.2).
    fn append_items(&self, out: &mut Vec<u8>) -> Result<(), BuildError> {
        let slot = match self.get("causes") {
            Some(_) => "causes",
            None => "parameters",
        };
        let items = match self.get(slot) {
            None => &[][..],
            Some(Value::Items(items)) => items,
            Some(other) => return Err(self.misfit(slot, other)),
        };
        for (at, item) in items.iter().enumerate() {
            let mut bytes = item.build_bare()?;
            if at + 1 < items.len() || item.get("padding").is_some() {
                item.pad(&mut bytes)?;
            }
            out.extend(bytes);
        }
        Ok(())
    }

    /// Length of the HMAC by the algorithm in the chunk, which must be a known one.
    fn hmac_length(&self) -> Result<usize, BuildError> {
        let said = self.get("hmac-id").unwrap_or(&Value::Number(0));
        let id = self.number("hmac-id", said, u16::MAX.into())?;
        let id = u16::try_from(id).map(HmacId);
        let length = id.ok().and_then(HmacId::length);
        length.ok_or_else(|| self.misfit("hmac-id", said))
    }

    fn append_numbers(
        &self,
        slot: &'static str,
        width: usize,
        list: &[Value],
        out: &mut Vec<u8>,
    ) -> Result<(), BuildError> {
        for value in list {
            let most = u32::MAX >> (32 - 8 * width);
            let number = self.number(slot, value, most)?;
            out.extend(&number.to_be_bytes()[4 - width..]);
        }
        Ok(())
    }

    fn address(&self, width: usize) -> Result<Vec<u8>, BuildError> {
        match self.get("address") {
            None => Ok(vec![0; width]),
            Some(Value::Address(IpAddr::V4(it))) if width == 4 => Ok(it.octets().to_vec()),
            Some(Value::Address(IpAddr::V6(it))) if width == 16 => Ok(it.octets().to_vec()),
            Some(other) => Err(self.misfit("address", other)),
        }
    }

    fn address_parameter(&self, slot: &'static str, value: &Value) -> Result<Vec<u8>, BuildError> {
        let Value::Address(address) = value else {
            return Err(self.misfit(slot, value));
        };
        let mut bytes = Vec::new();
        crate::parameter::encode_address(*address, &mut bytes);
        Ok(bytes)
    }

    fn list(&self, slot: &'static str) -> Result<&[Value], BuildError> {
        match self.get(slot) {
            None => Ok(&[]),
            Some(Value::List(values)) => Ok(values),
            Some(one) => Ok(std::slice::from_ref(one)),
        }
    }

    fn bytes<'v>(&self, slot: &'static str, value: &'v Value) -> Result<&'v [u8], BuildError> {
        match value {
            Value::Bytes(bytes) => Ok(bytes),
            other => Err(self.misfit(slot, other)),
        }
    }

    fn number(&self, slot: &'static str, value: &Value, most: u32) -> Result<u32, BuildError> {
        match value {
            Value::Number(number) => u32::try_from(*number).ok().filter(|it| *it <= most),
            _ => None,
        }
        .ok_or_else(|| self.misfit(slot, value))
    }

    fn misfit(&self, slot: &'static str, value: &Value) -> BuildError {
        BuildError::Misfit {
            item: self.kind.to_string(),
            slot,
            value: value.to_string(),
        }
    }
}

/// Sets the slot with this name, if the form has it.
fn set(form: &Form, bytes: &mut [u8], name: &str, value: u32) {
    if let Some(place) = form.places.iter().find(|place| place.name == name) {
        place.write(bytes, value);
    }
}

fn counted(list: &[Value]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
