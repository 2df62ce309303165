//! The cables' far ends in the fabric, and the taps at their near ends.
#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::batch::{Batch, Received};
use super::bpf::Bpf;
use super::delays::Delays;
use crate::frames::Sent;
use crate::layout::{Layout, Port, PortId};
use crate::log::Log;
use crate::seen::{Loss, Way};
use crate::watch::OwnsDescriptor;

/// Number of ready descriptors that one call reports.
const EVENTS: usize = 32;
/// The timer's name among the kqueue's events.
const TIMER: usize = usize::MAX;

/// A bpf descriptor at either end of every cable, by port, and one kqueue(2) that reports
/// frames at far ends and held-back frames that are due.
#[derive(Debug)]
pub(crate) struct Cables {
    kqueue: OwnedFd,
    far: Vec<Bpf>,
    near: Vec<Bpf>,
    ends: Vec<End>,
    buffer: usize,
    delays: Mutex<Delays>,
}

/// The indexes of a port's interfaces, and the name of its node.
#[derive(Debug)]
struct End {
    near: u32,
    far: u32,
    node: Arc<str>,
}

impl Cables {
    /// `far` and `near` have one descriptor for every port, in the order of the ports.
    pub(super) fn new(layout: &Layout, far: Vec<Bpf>, near: Vec<Bpf>) -> io::Result<Self> {
        // SAFETY: it takes no memory, and its result is checked.
        let kqueue = unsafe { libc::kqueue() };
        if kqueue < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: a new descriptor that nobody else has.
        let kqueue = unsafe { OwnedFd::from_raw_fd(kqueue) };
        let buffer = far
            .iter()
            .chain(&near)
            .map(Bpf::buffer_length)
            .try_fold(0, |longest, length| {
                length.map(|length| longest.max(length))
            })?;
        let end = |port: &Port| End {
            near: port.near,
            far: port.far,
            node: layout.nodes[port.node].name.as_str().into(),
        };
        let cables = Self {
            kqueue,
            ends: layout.ports.iter().map(end).collect(),
            far,
            near,
            buffer,
            delays: Mutex::new(Delays::of(layout)),
        };
        for (port, bpf) in cables.far.iter().enumerate() {
            let descriptor = usize::try_from(bpf.as_fd().as_raw_fd()).unwrap_or_default();
            cables.watch(descriptor, libc::EVFILT_READ, libc::EV_ADD, 0, 0, port)?;
        }
        Ok(cables)
    }

    /// Room for one read.
    ///
    /// # Errors
    /// None; on Linux there are some.
    pub(crate) fn batch(&self, _mtu: u32) -> io::Result<Batch> {
        Ok(Batch::new(self.buffer))
    }

    /// Reads the frames at far ends, and sends held-back frames that are due.
    ///
    /// # Errors
    /// `WouldBlock` if there was nothing to do.
    pub(crate) fn receive<'a>(&self, batch: &'a mut Batch) -> io::Result<Received<'a>> {
        batch.clear();
        let ready = self.ready()?;
        if ready.is_empty() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.release();
        for port in ready {
            if port != TIMER {
                batch.read(&self.far[port], self.ends[port].far)?;
            }
        }
        Ok(batch.by_time())
    }

    /// Sends a frame into a cable's far end, now or after the delay of its link.
    pub(crate) fn send(&self, port: &Port, frame: &[u8]) -> Sent {
        use super::delays::Admitted;
        match self.delays().admit(port.id, monotonic(), frame) {
            Admitted::Now => self.far[port.id.0].send(frame),
            Admitted::QueueFull => Sent::QueueFull,
            Admitted::Lost => Sent::Taken,
            Admitted::Held => match self.arm() {
                Ok(()) => Sent::Taken,
                Err(error) => Sent::Refused(error),
            },
        }
    }

    /// Records the frames that the nodes have received. All taps are read, even if one
    /// fails.
    pub(crate) fn look(&self, batch: &mut Batch, log: &mut Log) -> io::Result<()> {
        self.release();
        let mut looked = Ok(());
        for (port, bpf) in self.near.iter().enumerate() {
            batch.clear();
            looked = looked.and(batch.read(bpf, self.ends[port].near));
            for frame in batch.frames() {
                log.record(PortId(port), Way::In, &frame);
            }
        }
        looked
    }

    /// The taps, for waiting until frames arrive at nodes.
    pub(crate) fn arrivals(cables: &Arc<Self>) -> Vec<Arrivals> {
        let places = 0..cables.near.len();
        places
            .map(|place| Arrivals {
                cables: Arc::clone(cables),
                place,
            })
            .collect()
    }

    /// Records the frames at the near end of one port.
    pub(crate) fn look_at(&self, place: usize, batch: &mut Batch, log: &mut Log) -> io::Result<()> {
        batch.clear();
        batch.read(&self.near[place], self.ends[place].near)?;
        for frame in batch.frames() {
            log.record(PortId(place), Way::In, &frame);
        }
        Ok(())
    }

    /// The frames that could not be forwarded or recorded.
    pub(crate) fn losses(&self) -> Vec<Loss> {
        let far = self.far.iter().filter_map(|bpf| match bpf.overruns() {
            Ok(0) => None,
            Ok(frames) => Some(Loss::Fabric { frames }),
            Err(error) => Some(Loss::Unread(error)),
        });
        let near = self.near.iter().zip(&self.ends);
        let near = near.filter_map(|(bpf, end)| match bpf.overruns() {
            Ok(0) => None,
            Ok(frames) => Some(Loss::Recording {
                node: Arc::clone(&end.node),
                frames,
            }),
            Err(error) => Some(Loss::Unread(error)),
        });
        far.chain(near).collect()
    }

    /// Sends the frames that are due.
    fn release(&self) {
        let due = self.delays().due(monotonic());
        for (port, frame) in due {
            // The interface counts the frames that the kernel refuses here.
            let _ = self.far[port.0].send(&frame);
        }
        let _ = self.arm();
    }

    /// Sets the kqueue's timer to the next held-back frame.
    fn arm(&self) -> io::Result<()> {
        let Some(at) = self.delays().next() else {
            return Ok(());
        };
        let wait = i64::try_from(at.saturating_sub(monotonic())).unwrap_or(i64::MAX);
        self.watch(
            TIMER,
            libc::EVFILT_TIMER,
            libc::EV_ADD | libc::EV_ONESHOT,
            libc::NOTE_NSECONDS,
            wait.max(1),
            TIMER,
        )
    }

    fn watch(
        &self,
        what: usize,
        filter: i16,
        flags: u16,
        filter_flags: u32,
        data: i64,
        name: usize,
    ) -> io::Result<()> {
        // SAFETY: all zeroes are a valid kevent.
        let mut change: libc::kevent = unsafe { std::mem::zeroed() };
        change.ident = what;
        change.filter = filter;
        change.flags = flags;
        change.fflags = filter_flags;
        change.data = data;
        change.udata = name as *mut libc::c_void;
        // SAFETY: one change is handed over, and room for none back.
        let result = unsafe {
            libc::kevent(
                self.kqueue.as_raw_fd(),
                &raw const change,
                1,
                std::ptr::null_mut(),
                0,
                std::ptr::null(),
            )
        };
        if result < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }

    /// The identifiers of ready descriptors, without waiting.
    fn ready(&self) -> io::Result<Vec<usize>> {
        // SAFETY: all zeroes are valid kevents.
        let mut events: [libc::kevent; EVENTS] = unsafe { std::mem::zeroed() };
        let at_once = libc::timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        // SAFETY: there is room for as many events as is said.
        let count = unsafe {
            libc::kevent(
                self.kqueue.as_raw_fd(),
                std::ptr::null(),
                0,
                events.as_mut_ptr(),
                EVENTS as libc::c_int,
                &raw const at_once,
            )
        };
        let count = usize::try_from(count).map_err(|_| io::Error::last_os_error())?;
        Ok(events[..count]
            .iter()
            .map(|event| event.udata as usize)
            .collect())
    }

    fn delays(&self) -> MutexGuard<'_, Delays> {
        self.delays.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AsRawFd for Cables {
    fn as_raw_fd(&self) -> RawFd {
        self.kqueue.as_raw_fd()
    }
}

impl OwnsDescriptor for Arc<Cables> {}

/// The near end of one port.
#[derive(Debug)]
pub(crate) struct Arrivals {
    cables: Arc<Cables>,
    place: usize,
}

impl Arrivals {
    /// The number of the port.
    pub(crate) fn place(&self) -> usize {
        self.place
    }
}

impl AsRawFd for Arrivals {
    fn as_raw_fd(&self) -> RawFd {
        self.cables.near[self.place].as_fd().as_raw_fd()
    }
}

impl OwnsDescriptor for Arrivals {}

fn monotonic() -> u64 {
    // SAFETY: all zeroes are a valid timespec, which the call fills in.
    let now = unsafe {
        let mut now: libc::timespec = std::mem::zeroed();
        libc::clock_gettime(libc::CLOCK_MONOTONIC, &raw mut now);
        now
    };
    u64::try_from(now.tv_sec).unwrap_or_default() * 1_000_000_000
        + u64::try_from(now.tv_nsec).unwrap_or_default()
}
