//! Encodes and decodes ancillary data: the control messages that accompany a payload (RFC
//! 6458 section 5.2).

use std::iter;

use zerocopy::IntoBytes;

use crate::sys::{self, cmsg_len_t};

/// `cmsg_len`, `cmsg_level` and `cmsg_type`.
const HEADER: usize = size_of::<cmsg_len_t>() + 8;

/// Offset of a control message's data.
const DATA: usize = aligned(HEADER);

const fn aligned(length: usize) -> usize {
    length.next_multiple_of(sys::CMSG_ALIGN)
}

/// The control messages of one `sendmsg`.
#[derive(Debug, Default)]
pub(crate) struct Control(Vec<u8>);

impl Control {
    /// Adds a control message of level `IPPROTO_SCTP`.
    pub(crate) fn push(&mut self, kind: i32, data: &[u8]) {
        // No control message of this crate is longer than a few dozen bytes.
        let length = (DATA + data.len()) as cmsg_len_t;
        let start = self.0.len();
        self.0.extend_from_slice(length.as_bytes());
        self.0.extend_from_slice(libc::IPPROTO_SCTP.as_bytes());
        self.0.extend_from_slice(kind.as_bytes());
        self.0.resize(start + DATA, 0);
        self.0.extend_from_slice(data);
        self.0.resize(aligned(self.0.len()), 0);
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The SCTP control messages of a `recvmsg`: type and data. A truncated one ends the
/// list; `MSG_CTRUNC` reports it.
pub(crate) fn received(mut control: &[u8]) -> impl Iterator<Item = (i32, &[u8])> {
    iter::from_fn(move || {
        loop {
            let (length, rest) = control.split_first_chunk()?;
            let (level, rest) = rest.split_first_chunk()?;
            let (kind, _) = rest.split_first_chunk()?;
            let length = cmsg_len_t::from_ne_bytes(*length) as usize;
            let data = control.get(DATA..length)?;
            control = control.get(aligned(length)..).unwrap_or_default();
            if i32::from_ne_bytes(*level) == libc::IPPROTO_SCTP {
                return Some((i32::from_ne_bytes(*kind), data));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut control = Control::default();
        control.push(3, b"seven b");
        control.push(4, b"");
        control.push(5, &[9; 16]);
        let read: Vec<_> = received(control.as_bytes()).collect();
        assert_eq!(
            read,
            [(3, &b"seven b"[..]), (4, &[][..]), (5, &[9; 16][..])]
        );
    }

    #[test]
    fn any_cut_is_read_without_a_panic() {
        let mut control = Control::default();
        control.push(3, &[1; 28]);
        control.push(4, &[2; 16]);
        for length in 0..control.as_bytes().len() {
            assert!(received(&control.as_bytes()[..length]).count() < 2);
        }
    }

    #[test]
    fn lengths_that_lie_end_the_list() {
        for length in [0, 1, HEADER, DATA - 1, usize::MAX] {
            let mut bytes = (length as cmsg_len_t).as_bytes().to_vec();
            bytes.resize(64, 0);
            assert_eq!(received(&bytes).count(), 0, "cmsg_len {length}");
        }
    }

    #[test]
    fn messages_of_another_level_are_passed_over() {
        let mut control = Control::default();
        control.push(1, b"other");
        let level = size_of::<cmsg_len_t>();
        control.0[level..level + 4].copy_from_slice(libc::SOL_SOCKET.as_bytes());
        control.push(3, b"ours");
        assert_eq!(
            received(control.as_bytes()).collect::<Vec<_>>(),
            [(3, &b"ours"[..])]
        );
    }
}
