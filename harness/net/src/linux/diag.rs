//! Asks Linux about the state of an SCTP association (sock_diag(7), `net/sctp/diag.c`).

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use netlink_sys::{Socket, protocols::NETLINK_SOCK_DIAG};

use crate::association::{AssociationInfo, PrimaryPath};

/// A connection for questions about the associations of one network namespace. The kernel
/// answers within the call that asks, so that no call here waits.
pub struct Diag(Socket);

const SOCK_DIAG_BY_FAMILY: u16 = 20;
const NLM_F_REQUEST: u16 = 1;
const NLM_F_DUMP: u16 = 0x300;
const NLMSG_DONE: u16 = 3;
const IPPROTO_SCTP: u8 = 132;
const INET_DIAG_INFO: u16 = 2;
const NO_COOKIE: [u8; 8] = [0xff; 8];

/// Length of `struct nlmsghdr` in bytes.
const HEADER: usize = 16;
/// Length of `struct inet_diag_msg`, which stands before the attributes.
const MESSAGE: usize = 72;
/// Length of `struct nlattr`.
const ATTRIBUTE: usize = 4;
/// Length of the buffer for an answer: far more than the kernel says of one association.
const LONGEST_ANSWER: usize = 16_384;

impl std::fmt::Debug for Diag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Diag")
    }
}

impl Diag {
    /// Opens a connection for the network namespace of the calling thread.
    pub(super) fn open() -> io::Result<Self> {
        Socket::new(NETLINK_SOCK_DIAG).map(Self)
    }

    /// Whether the kernel has `sctp_diag`, or can load it.
    #[must_use]
    pub fn knows_sctp(&self) -> bool {
        let any = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 0);
        let mut question = question(any, any);
        question[6..8].copy_from_slice(&(NLM_F_REQUEST | NLM_F_DUMP).to_ne_bytes());
        let mut answer = Vec::with_capacity(LONGEST_ANSWER);
        let asked = self.0.send(&question, 0);
        asked.is_ok() && self.0.recv(&mut answer, 0).is_ok() && lists(&answer)
    }

    /// The state of the association between two transport addresses.
    ///
    /// # Errors
    /// `NotFound` if there is no such association, or the kernel lacks `sctp_diag`. Any
    /// other error is that of a system call.
    pub fn association(&self, local: SocketAddr, peer: SocketAddr) -> io::Result<AssociationInfo> {
        let canonical = |it: SocketAddr| SocketAddr::new(it.ip().to_canonical(), it.port());
        self.0
            .send(&question(canonical(local), canonical(peer)), 0)?;
        let mut answer = Vec::with_capacity(LONGEST_ANSWER);
        self.0.recv(&mut answer, 0)?;
        parse(&answer).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// The bytes of a question: `struct nlmsghdr` and `struct inet_diag_req_v2`.
fn question(local: SocketAddr, peer: SocketAddr) -> Vec<u8> {
    let family = match peer {
        SocketAddr::V4(_) => libc::AF_INET,
        SocketAddr::V6(_) => libc::AF_INET6,
    };
    let mut bytes = Vec::with_capacity(HEADER + 56);
    bytes.extend([0; 4]);
    bytes.extend(SOCK_DIAG_BY_FAMILY.to_ne_bytes());
    bytes.extend(NLM_F_REQUEST.to_ne_bytes());
    bytes.extend([0; 8]);
    bytes.extend([
        u8::try_from(family).unwrap_or(0),
        IPPROTO_SCTP,
        1 << (INET_DIAG_INFO - 1),
        0,
    ]);
    bytes.extend(u32::MAX.to_ne_bytes());
    bytes.extend(local.port().to_be_bytes());
    bytes.extend(peer.port().to_be_bytes());
    for address in [local.ip(), peer.ip()] {
        let start = bytes.len();
        match address {
            IpAddr::V4(address) => bytes.extend(address.octets()),
            IpAddr::V6(address) => bytes.extend(address.octets()),
        }
        bytes.resize(start + 16, 0);
    }
    bytes.extend([0; 4]);
    bytes.extend(NO_COOKIE);
    let length = u32::try_from(bytes.len()).unwrap_or(0).to_ne_bytes();
    bytes[..4].copy_from_slice(&length);
    bytes
}

/// Whether an answer begins a list of associations, or ends an empty list without an error.
fn lists(answer: &[u8]) -> bool {
    let kind = array(answer, 4).map(u16::from_ne_bytes);
    let error = array(answer, HEADER).map(i32::from_ne_bytes);
    match kind {
        Some(NLMSG_DONE) => error == Some(0),
        kind => kind == Some(SOCK_DIAG_BY_FAMILY),
    }
}

fn parse(answer: &[u8]) -> Option<AssociationInfo> {
    let kind = u16::from_ne_bytes(array(answer, 4)?);
    if kind != SOCK_DIAG_BY_FAMILY {
        return None;
    }
    let mut attributes = answer.get(HEADER + MESSAGE..)?;
    loop {
        let length = usize::from(u16::from_ne_bytes(array(attributes, 0)?));
        let kind = u16::from_ne_bytes(array(attributes, 2)?);
        let value = attributes.get(ATTRIBUTE..length)?;
        if kind == INET_DIAG_INFO {
            return info(value);
        }
        attributes = attributes.get(length.next_multiple_of(4)..)?;
    }
}

/// Reads a `struct sctp_info`, by the offsets of its fields. New kernels only add fields
/// behind these.
fn info(info: &[u8]) -> Option<AssociationInfo> {
    let number = |offset| Some(u32::from_ne_bytes(array(info, offset)?));
    Some(AssociationInfo {
        state: number(4)?,
        unacknowledged: u16::from_ne_bytes(array(info, 12)?),
        pending: u16::from_ne_bytes(array(info, 14)?),
        peer_rwnd: number(44)?,
        queued: number(28)?,
        error_count: number(32)?,
        primary: PrimaryPath {
            address: address(info.get(168..296)?)?,
            state: i32::from_ne_bytes(array(info, 296)?),
            cwnd: number(300)?,
            srtt: number(304)?,
            rto_ms: number(308)?,
            ssthresh: number(328)?,
            flight: number(336)?,
            error_count: u16::from_ne_bytes(array(info, 340)?),
        },
    })
}

/// The address in a `struct sockaddr_storage`.
fn address(storage: &[u8]) -> Option<IpAddr> {
    match i32::from(u16::from_ne_bytes(array(storage, 0)?)) {
        libc::AF_INET => Some(IpAddr::from(array::<4>(storage, 4)?)),
        libc::AF_INET6 => Some(IpAddr::from(array::<16>(storage, 8)?)),
        _ => None,
    }
}

fn array<const N: usize>(bytes: &[u8], offset: usize) -> Option<[u8; N]> {
    bytes.get(offset..)?.first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_has_the_length_of_its_structs() {
        let address = |text: &str| text.parse::<SocketAddr>().unwrap();
        for (local, peer) in [
            ("10.0.1.1:40000", "10.0.1.2:5000"),
            ("[fd00::1]:1", "[fd00::2]:2"),
        ] {
            let question = question(address(local), address(peer));
            assert_eq!(question.len(), 72);
            assert_eq!(question[..4], 72_u32.to_ne_bytes());
        }
    }

    #[test]
    fn an_answer_is_read_and_a_damaged_one_is_not() {
        let mut answer = vec![0; HEADER + MESSAGE];
        answer[4..6].copy_from_slice(&SOCK_DIAG_BY_FAMILY.to_ne_bytes());
        let mut sctp_info = vec![0; 376];
        sctp_info[4] = 5;
        sctp_info[12] = 7;
        sctp_info[14] = 8;
        sctp_info[44] = 9;
        sctp_info[28] = 3;
        sctp_info[32] = 2;
        sctp_info[168..170].copy_from_slice(&2_u16.to_ne_bytes());
        sctp_info[172..176].copy_from_slice(&[10, 0, 1, 2]);
        sctp_info[296] = 2;
        sctp_info[300] = 40;
        sctp_info[304] = 20;
        sctp_info[308] = 200;
        sctp_info[328] = 100;
        sctp_info[336] = 50;
        sctp_info[340] = 5;
        for (kind, value) in [(8_u16, &[0][..]), (INET_DIAG_INFO, &sctp_info)] {
            let length = u16::try_from(ATTRIBUTE + value.len()).unwrap();
            answer.extend(length.to_ne_bytes());
            answer.extend(kind.to_ne_bytes());
            answer.extend(value);
            answer.resize(answer.len().next_multiple_of(4), 0);
        }
        let found = parse(&answer).unwrap();
        assert_eq!(found.state, 5);
        assert_eq!((found.unacknowledged, found.pending), (7, 8));
        assert_eq!(found.peer_rwnd, 9);
        assert_eq!(found.queued, 3);
        assert_eq!(found.error_count, 2);
        assert_eq!(
            found.primary,
            PrimaryPath {
                address: "10.0.1.2".parse().unwrap(),
                state: 2,
                cwnd: 40,
                srtt: 20,
                rto_ms: 200,
                ssthresh: 100,
                flight: 50,
                error_count: 5,
            }
        );
        for end in 0..answer.len() - 40 {
            assert_eq!(parse(&answer[..end]), None, "cut at {end}");
        }
    }
}
