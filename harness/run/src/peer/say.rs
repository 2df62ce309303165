//! Packets that a scripted peer sends.

use std::io;
use std::net::IpAddr;

use scenario::Emit;
use wire::build::{Hmac, Item, Kind, Sum, Value, assemble};
use wire::frame::{Envelope, UdpPorts};
use wire::{Chunk, ChunkType};

use super::super::step_error::StepError;
use super::heard::Heard;
use super::{Answers, Peer};

impl Peer {
    /// Sends the packet that a step describes, and remembers its chunks.
    pub(super) fn say(&self, it: &Emit) -> Result<(), StepError> {
        let (chunks, bytes, header) = {
            let memory = &self.state.borrow().memory;
            let known = |name: &str| memory.get(name);
            let chunks = it.chunks.iter().map(|chunk| chunk.resolved(&known));
            let chunks: Vec<Item> = chunks.collect::<Result<_, _>>()?;
            let bytes = it.bytes.as_ref().map(|bytes| bytes.resolved(&known));
            let resolved = |value: &Option<Value>, name: &str| match value {
                Some(value) => Ok(Some(value.resolved(&known)?)),
                None => Ok::<_, StepError>(known(name)),
            };
            let begins = chunks
                .first()
                .is_some_and(|it| it.kind == Kind::Chunk(ChunkType::Init));
            let tag = match (&it.header.tag, begins) {
                (None, true) => Some(Value::Number(0)),
                (tag, _) => resolved(tag, "peer-tag")?,
            };
            let ports = [
                resolved(&it.header.ports[0], "port")?,
                resolved(&it.header.ports[1], "peer-port")?,
            ];
            (chunks, bytes.transpose()?, (tag, ports))
        };
        let mut body = Vec::new();
        let mut unsigned = Vec::new();
        for chunk in &chunks {
            if let Some(Value::Hmac(hmac)) = chunk.get("hmac") {
                unsigned.push((body.len(), *hmac));
            }
            body.extend(chunk.build()?);
        }
        match bytes {
            Some(Value::Bytes(bytes)) => body.extend(bytes),
            Some(other) => return Err(StepError::new(format!("{other} is not bytes"))),
            None => {}
        }
        // An HMAC covers the bytes behind its chunk, so the last HMAC is made first.
        for (at, hmac) in unsigned.into_iter().rev() {
            self.sign(&mut body[at..], hmac)?;
        }
        let (tag, [source_port, destination_port]) = header;
        let port = |value| {
            let number = number(value, "a port")?;
            u16::try_from(number).map_err(|_| StepError::new(format!("{number} is no port")))
        };
        let ports = (port(source_port)?, port(destination_port)?);
        let tag = number(tag, "the verification tag")?;
        let packet = assemble(ports, tag, &body, it.checksum);
        let [source, destination] = self.addresses(&it.header.addresses)?;
        let mut envelope = Envelope::new(source, destination);
        envelope.udp = it.udp.map(|[source, destination]| UdpPorts {
            source,
            destination,
        });
        self.send(&envelope, &packet)?;
        self.state.borrow_mut().memory.say(&chunks);
        Ok(())
    }

    /// Makes the HMAC of the AUTH chunk at the start of the bytes, by the key that the
    /// chunk names.
    fn sign(&self, auth_and_behind: &mut [u8], hmac: Hmac) -> Result<(), StepError> {
        let no_room = || StepError::new("this AUTH has no room for an HMAC");
        let number = auth_and_behind.get(4..6).ok_or_else(no_room)?;
        let number = u16::from_be_bytes([number[0], number[1]]);
        let name = &self.config.name;
        let shared = self.config.key(number);
        let shared = shared.ok_or_else(|| StepError::new(format!("{name} has no key {number}")))?;
        let keys = &self.state.borrow().memory.keys;
        let made = keys.sign(shared, auth_and_behind).ok_or_else(no_room)?;
        if hmac == Hmac::Bad {
            made[0] ^= 1;
        }
        Ok(())
    }

    /// The source and destination address that the step names, or else those of the two
    /// sides.
    pub(super) fn addresses(
        &self,
        [source, destination]: &[Option<Value>; 2],
    ) -> Result<[IpAddr; 2], StepError> {
        let memory = &self.state.borrow().memory;
        let known = |name: &str| memory.get(name);
        let destination = match destination {
            Some(destination) => Some(destination.resolved(&known)?),
            None => known("peer-address"),
        };
        let source = match source {
            Some(source) => Some(source.resolved(&known)?),
            None => self.own_address(destination.as_ref()),
        };
        Ok([address(source)?, address(destination)?])
    }

    /// The peer's first address of the destination's family.
    fn own_address(&self, destination: Option<&Value>) -> Option<Value> {
        let mut own = self.config.addresses.iter().copied();
        let wanted = match destination {
            Some(Value::Address(address)) => own.find(|it| it.is_ipv4() == address.is_ipv4()),
            _ => own.next(),
        };
        wanted.map(Value::Address)
    }

    /// Answers a packet as the step `answer` asks for, to the address that the packet came
    /// from.
    pub(super) fn answer(&self, heard: &Heard, answers: Answers) -> Result<(), StepError> {
        let mut chunks = Vec::new();
        let mut sack = false;
        for chunk in &heard.packet.chunks {
            match chunk {
                Chunk::Heartbeat(it) if answers.heartbeats => {
                    let ack = Item::new(Kind::Chunk(ChunkType::HeartbeatAck));
                    chunks.push(ack.with("info", Value::Bytes(it.info.clone())));
                }
                Chunk::Data(_) | Chunk::IData(_) if answers.data => sack = true,
                _ => {}
            }
        }
        let tag = {
            let memory = &self.state.borrow().memory;
            if sack {
                let cum = memory.number("cum").unwrap_or_default();
                let sack = Item::new(Kind::Chunk(ChunkType::Sack))
                    .with("cumulative-tsn-ack", Value::Number(cum.into()))
                    .with("a-rwnd", Value::Number(1 << 16))
                    .with("gap-ack-blocks", Value::List(memory.gaps()));
                chunks.push(sack);
            }
            memory.number("peer-tag").unwrap_or_default()
        };
        if chunks.is_empty() {
            return Ok(());
        }
        let mut body = Vec::new();
        for chunk in &chunks {
            body.extend(chunk.build()?);
        }
        let ports = (heard.packet.destination_port, heard.packet.source_port);
        let packet = assemble(ports, tag, &body, Sum::Good);
        let mut envelope = Envelope::new(heard.destination, heard.source);
        envelope.udp = heard.udp.map(|ports| UdpPorts {
            source: ports.destination,
            destination: ports.source,
        });
        self.send(&envelope, &packet)
    }

    fn send(&self, envelope: &Envelope, packet: &[u8]) -> Result<(), StepError> {
        self.sent(self.host.node.send(envelope, packet))
    }

    pub(super) fn sent(&self, sent: io::Result<()>) -> Result<(), StepError> {
        sent.map_err(|error| {
            let name = &self.config.name;
            StepError::new(format!("{name} cannot send: {error}"))
        })
    }
}

pub(super) fn number(value: Option<Value>, what: &str) -> Result<u32, StepError> {
    match value {
        Some(Value::Number(number)) => u32::try_from(number)
            .map_err(|_| StepError::new(format!("{number} does not fit in {what}"))),
        Some(other) => Err(StepError::new(format!("{what} cannot be {other}"))),
        None => Err(StepError::new(format!(
            "{what} is not known yet: nothing has come from the other side; give the value in the step"
        ))),
    }
}

pub(super) fn address(value: Option<Value>) -> Result<IpAddr, StepError> {
    match value {
        Some(Value::Address(address)) => Ok(address),
        Some(other) => Err(StepError::new(format!("{other} is no address"))),
        None => Err(StepError::new("the peer has no address of that family")),
    }
}
