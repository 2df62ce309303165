//! Parses the lines that the program of a stack writes (`docs/stacks.md`).

use std::io;
use std::net::{IpAddr, SocketAddr};

use nix::errno::Errno;
use recording::{Fields, Value};

use super::hex;

/// A line from the program.
#[derive(Debug)]
pub(super) enum Told {
    /// The name and version of the stack.
    Stack(String),
    Reply(Reply),
    Packet {
        source: IpAddr,
        destination: IpAddr,
        bytes: Vec<u8>,
    },
    Notification {
        peer: SocketAddr,
        name: String,
        fields: Fields,
    },
    Received(Box<Received>),
}

/// The answer to a command.
#[derive(Debug)]
pub(super) enum Reply {
    Done,
    /// The stack does not have what was asked for.
    Unsupported(String),
    Failed(io::Error),
}

/// A user message that the stack has received.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) peer: SocketAddr,
    pub(super) stream: u16,
    pub(super) ssn: u16,
    pub(super) ppid: u32,
    pub(super) tsn: u32,
    pub(super) payload: Vec<u8>,
}

impl Told {
    /// Reads a line; `None` where the protocol has no such line.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words: Vec<&str> = rest.split(' ').filter(|it| !it.is_empty()).collect();
        Some(match (word, words.as_slice()) {
            ("stack", [_, ..]) => Self::Stack(words.join(" ")),
            ("ok", []) => Self::Reply(Reply::Done),
            ("unsupported", [_, ..]) => Self::Reply(Reply::Unsupported(words.join(" "))),
            ("failed", [name, ..]) => Self::Reply(Reply::Failed(error(name))),
            ("packet", [source, destination, bytes]) => Self::Packet {
                source: source.parse().ok()?,
                destination: destination.parse().ok()?,
                bytes: hex::decode(bytes)?,
            },
            ("notification", [address, port, name, fields @ ..]) => Self::Notification {
                peer: peer(address, port)?,
                name: (*name).to_owned(),
                fields: Fields(fields.iter().map(|it| field(it)).collect::<Option<_>>()?),
            },
            ("received", [address, port, stream, ssn, ppid, tsn, payload]) => {
                Self::Received(Box::new(Received {
                    peer: peer(address, port)?,
                    stream: stream.parse().ok()?,
                    ssn: ssn.parse().ok()?,
                    ppid: ppid.parse().ok()?,
                    tsn: tsn.parse().ok()?,
                    payload: hex::decode(payload)?,
                }))
            }
            _ => return None,
        })
    }
}

fn peer(address: &str, port: &str) -> Option<SocketAddr> {
    Some(SocketAddr::new(address.parse().ok()?, port.parse().ok()?))
}

fn field(text: &str) -> Option<(String, Value)> {
    let (name, value) = text.split_once('=')?;
    let value = match value.parse() {
        Ok(number) => Value::Number(number),
        Err(_) => Value::Text(value.to_owned()),
    };
    Some((name.to_owned(), value))
}

/// The error number of a name such as `EINVAL`; any other word becomes the text of the
/// error.
fn error(name: &str) -> io::Error {
    let number = (1..200).find(|number| format!("{:?}", Errno::from_raw(*number)) == name);
    match number {
        Some(number) => io::Error::from_raw_os_error(number),
        None => io::Error::other(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_of_the_protocol_or_none() {
        let told = |line: &str| Told::parse(line);
        assert!(matches!(told("ok"), Some(Told::Reply(Reply::Done))));
        let Some(Told::Reply(Reply::Failed(error))) = told("failed EINVAL") else {
            panic!("it is an answer");
        };
        assert_eq!(error.raw_os_error(), Some(nix::libc::EINVAL));
        let line =
            "notification 10.0.1.1 5001 SCTP_ASSOC_CHANGE sac_state=SCTP_COMM_UP sac_error=0";
        let Some(Told::Notification { peer, name, fields }) = told(line) else {
            panic!("it is a notification");
        };
        assert_eq!(peer.to_string(), "10.0.1.1:5001");
        assert_eq!(name, "SCTP_ASSOC_CHANGE");
        assert_eq!(fields.state(), Some("SCTP_COMM_UP"));
        assert!(fields.say([("sac_error", "0")]));
        for wrong in [
            "",
            "okay",
            "ok 1",
            "failed",
            "packet 10.0.1.1 10.0.1.2",
            "packet 10.0.1.1 10.0.1.2 0",
            "packet a 10.0.1.2 00",
            "notification 10.0.1.1 SCTP_ASSOC_CHANGE",
            "notification 10.0.1.1 5001 SCTP_ASSOC_CHANGE sac_state",
            "received 10.0.1.1 5001 0 0 0 00",
            "received 10.0.1.1 5001 65536 0 0 0 00",
        ] {
            assert!(told(wrong).is_none(), "{wrong}");
        }
    }
}
