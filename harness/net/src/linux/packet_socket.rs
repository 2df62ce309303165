//! Packet sockets, which receive and send whole frames (packet(7)).
#![allow(unsafe_code)]

use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::{io, mem, ptr};

use super::clock::Clock;
use crate::frames::{ReceivedFrame, Sent};

/// Number of frames that one call receives.
const BATCH: usize = 32;
/// Length of an Ethernet header with one VLAN tag.
const LONGEST_HEADER: usize = 18;
/// Size of the receive buffer. The memory is used only while frames wait.
const BUFFER: libc::c_int = 64 << 20;
/// Room for one control message with a time stamp.
const CONTROL: usize = 64;

/// A socket that receives every frame that an interface of its namespace receives, but
/// not those that are sent. It can send through every interface.
#[derive(Debug)]
pub(super) struct PacketSocket(OwnedFd);

impl PacketSocket {
    /// Opens a socket in the namespace of the calling thread.
    pub(super) fn open() -> io::Result<Self> {
        let all = u16::try_from(libc::ETH_P_ALL)
            .expect("protocols have two bytes")
            .to_be();
        let socket = Self(open(
            libc::AF_PACKET,
            libc::SOCK_RAW | libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC,
            all.into(),
        )?);
        socket.set(libc::SOL_PACKET, libc::PACKET_IGNORE_OUTGOING, 1)?;
        socket.set(libc::SOL_SOCKET, libc::SO_TIMESTAMPNS, 1)?;
        for (forced, allowed) in [
            (libc::SO_RCVBUFFORCE, libc::SO_RCVBUF),
            (libc::SO_SNDBUFFORCE, libc::SO_SNDBUF),
        ] {
            // Only the host's root may exceed the host's limits; others get a buffer
            // within these limits.
            socket
                .set(libc::SOL_SOCKET, forced, BUFFER)
                .or_else(|_| socket.set(libc::SOL_SOCKET, allowed, BUFFER))?;
        }
        Ok(socket)
    }

    fn set(&self, level: libc::c_int, option: libc::c_int, value: libc::c_int) -> io::Result<()> {
        // SAFETY: the option's value is an int, and `value` is one.
        let result = unsafe {
            libc::setsockopt(
                self.0.as_raw_fd(),
                level,
                option,
                ptr::from_ref(&value).cast(),
                size_of_socklen::<libc::c_int>(),
            )
        };
        if result < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }

    /// Receives the waiting frames, up to a full batch.
    ///
    /// # Errors
    /// `WouldBlock` if there are none.
    pub(super) fn receive<'a>(&self, batch: &'a mut Batch) -> io::Result<Received<'a>> {
        // SAFETY: all zeroes are a valid mmsghdr: lengths 0 and null pointers.
        let mut headers: [libc::mmsghdr; BATCH] = unsafe { mem::zeroed() };
        let mut vectors: [libc::iovec; BATCH] = [libc::iovec {
            iov_base: ptr::null_mut(),
            iov_len: 0,
        }; BATCH];
        let slots = batch.bytes.chunks_exact_mut(batch.slot);
        for ((((header, vector), slot), name), control) in headers
            .iter_mut()
            .zip(&mut vectors)
            .zip(slots)
            .zip(&mut batch.senders)
            .zip(&mut batch.controls)
        {
            vector.iov_base = slot.as_mut_ptr().cast();
            vector.iov_len = slot.len();
            header.msg_hdr.msg_iov = vector;
            header.msg_hdr.msg_iovlen = 1;
            header.msg_hdr.msg_name = ptr::from_mut(name).cast();
            header.msg_hdr.msg_namelen = size_of_socklen::<libc::sockaddr_ll>();
            header.msg_hdr.msg_control = control.0.as_mut_ptr().cast();
            header.msg_hdr.msg_controllen = CONTROL as _;
        }
        // SAFETY: each header points to a slot, an address and a control buffer
        // of `batch`, with their true lengths, all of which outlive the call;
        // no time-out is given.
        let count = unsafe {
            libc::recvmmsg(
                self.0.as_raw_fd(),
                headers.as_mut_ptr(),
                BATCH as libc::c_uint,
                libc::MSG_DONTWAIT as _,
                ptr::null_mut(),
            )
        };
        let count = usize::try_from(count).map_err(|_| io::Error::last_os_error())?;
        batch.clock.follow_steps()?;
        for (arrival, header) in batch.arrivals.iter_mut().zip(&headers[..count]) {
            *arrival = Arrival {
                length: header.msg_len as usize,
                cut_short: header.msg_hdr.msg_flags & libc::MSG_TRUNC != 0,
                at: stamp(&header.msg_hdr),
            };
        }
        Ok(Received { batch, count })
    }

    /// Sends a frame through the interface with this index.
    pub(super) fn send(&self, interface: u32, frame: &[u8]) -> Sent {
        // SAFETY: all zeroes are a valid sockaddr_ll.
        let mut to: libc::sockaddr_ll = unsafe { mem::zeroed() };
        to.sll_family = libc::AF_PACKET as _;
        to.sll_ifindex = interface.cast_signed();
        // SAFETY: both pointers are to live memory of the lengths given.
        let sent = unsafe {
            libc::sendto(
                self.0.as_raw_fd(),
                frame.as_ptr().cast(),
                frame.len(),
                libc::MSG_DONTWAIT,
                ptr::from_ref(&to).cast(),
                size_of_socklen::<libc::sockaddr_ll>(),
            )
        };
        if sent >= 0 {
            return Sent::Taken;
        }
        let error = io::Error::last_os_error();
        // A queueing discipline reports a dropped frame by this error. A full buffer of
        // the socket would be EAGAIN.
        if error.raw_os_error() == Some(libc::ENOBUFS) {
            Sent::QueueFull
        } else {
            Sent::Refused(error)
        }
    }

    /// Number of frames that had no room in the receive buffer since the last call.
    pub(super) fn overruns(&self) -> io::Result<u32> {
        let mut statistics = libc::tpacket_stats {
            tp_packets: 0,
            tp_drops: 0,
        };
        let mut length = size_of_socklen::<libc::tpacket_stats>();
        // SAFETY: the option's value is a tpacket_stats, and `statistics` is one.
        let result = unsafe {
            libc::getsockopt(
                self.0.as_raw_fd(),
                libc::SOL_PACKET,
                libc::PACKET_STATISTICS,
                ptr::from_mut(&mut statistics).cast(),
                &raw mut length,
            )
        };
        if result < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(statistics.tp_drops)
    }
}

impl AsRawFd for PacketSocket {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}

/// A buffer for frames, which is reused.
pub(crate) struct Batch {
    clock: Clock,
    slot: usize,
    bytes: Vec<u8>,
    senders: [libc::sockaddr_ll; BATCH],
    controls: [Control; BATCH],
    arrivals: [Arrival; BATCH],
}

/// Control messages start with a `size_t`, and must be aligned like one.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
struct Control([u8; CONTROL]);

#[derive(Clone, Copy, Default)]
struct Arrival {
    length: usize,
    cut_short: bool,
    at: i64,
}

impl Batch {
    /// A buffer for frames with at most `mtu` bytes of payload.
    pub(super) fn new(mtu: u32) -> io::Result<Self> {
        let slot = mtu as usize + LONGEST_HEADER;
        Ok(Self {
            clock: Clock::new()?,
            slot,
            bytes: vec![0; slot * BATCH],
            // SAFETY: all zeroes are valid sockaddr_lls.
            senders: unsafe { mem::zeroed() },
            controls: [Control([0; CONTROL]); BATCH],
            arrivals: [Arrival::default(); BATCH],
        })
    }
}

impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batch").field("slot", &self.slot).finish()
    }
}

/// The frames of one call.
pub(crate) struct Received<'a> {
    batch: &'a Batch,
    count: usize,
}

impl Received<'_> {
    /// Whether more frames may be waiting.
    pub(crate) fn is_full(&self) -> bool {
        self.count == BATCH
    }

    pub(crate) fn frames(&self) -> impl Iterator<Item = ReceivedFrame<'_>> {
        let batch = self.batch;
        batch
            .bytes
            .chunks_exact(batch.slot)
            .zip(&batch.senders)
            .zip(&batch.arrivals)
            .take(self.count)
            .map(|((slot, sender), arrival)| ReceivedFrame {
                interface: sender.sll_ifindex.cast_unsigned(),
                at: batch.clock.monotonic(arrival.at),
                bytes: &slot[..arrival.length.min(slot.len())],
                cut_short: arrival.cut_short,
            })
    }
}

/// Opens a socket in the namespace of the calling thread.
pub(super) fn open(domain: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
    // SAFETY: no pointers are passed; the result is checked below.
    let fd = unsafe { libc::socket(domain, kind, protocol) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: `fd` is a new descriptor that nobody else has.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// The time stamp that SO_TIMESTAMPNS adds to every frame.
fn stamp(header: &libc::msghdr) -> i64 {
    // SAFETY: the kernel has filled in this header's control messages.
    let mut message = unsafe { libc::CMSG_FIRSTHDR(header) };
    while !message.is_null() {
        // SAFETY: not null, so it is a whole control message of `header`.
        let (level, kind) = unsafe { ((*message).cmsg_level, (*message).cmsg_type) };
        if (level, kind) == (libc::SOL_SOCKET, libc::SCM_TIMESTAMPNS) {
            // SAFETY: this kind holds a timespec, maybe unaligned.
            let time: libc::timespec =
                unsafe { ptr::read_unaligned(libc::CMSG_DATA(message).cast()) };
            return time.tv_sec * 1_000_000_000 + time.tv_nsec;
        }
        // SAFETY: `message` is a control message of `header`.
        message = unsafe { libc::CMSG_NXTHDR(header, message) };
    }
    0
}

fn size_of_socklen<T>() -> libc::socklen_t {
    libc::socklen_t::try_from(size_of::<T>()).expect("these structs are small")
}
