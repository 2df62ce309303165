//! Merges the packets of several streams by time.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use pcapng::CapturedPacket;

/// How long a packet is held back for earlier packets of other hosts that are silent.
pub const HOLD: Duration = Duration::from_millis(200);

/// How long a packet is held back even if no host is silent. A host may hand over packets
/// in any order if several of its processors see them at the same time.
pub const SETTLE: Duration = Duration::from_millis(10);

/// The most packets of one stream that are held back.
const MOST_PACKETS: usize = 4096;
/// The most bytes of one stream that are held back.
const MOST_BYTES: usize = 8 << 20;

/// What the caller of the queue is to do next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<E> {
    /// Take this packet.
    Packet(CapturedPacket),
    /// Take the end of a stream, whose packets were all taken.
    End(E),
    /// Wait until this moment, or until more comes.
    Until(Instant),
    /// Wait until more comes.
    Wait,
    /// All streams have ended.
    Over,
}

/// The streams. `E` is the end of a stream.
#[derive(Debug)]
pub(super) struct Queue<E>(Vec<Stream<E>>);

#[derive(Debug)]
struct Stream<E> {
    /// The packets in the order of their times, each with the moment of its arrival.
    packets: VecDeque<(Instant, CapturedPacket)>,
    bytes: usize,
    is_open: bool,
    end: Option<E>,
}

impl<E> Stream<E> {
    fn is_full(&self) -> bool {
        self.packets.len() >= MOST_PACKETS || self.bytes >= MOST_BYTES
    }

    fn time(&self) -> Option<u64> {
        self.packets.front().map(|(_, packet)| packet.time_ns)
    }
}

impl<E> Queue<E> {
    pub(super) fn new(streams: usize) -> Self {
        let stream = || Stream {
            packets: VecDeque::new(),
            bytes: 0,
            is_open: true,
            end: None,
        };
        Self((0..streams).map(|_| stream()).collect())
    }

    /// Whether a stream is to wait before it brings more packets.
    pub(super) fn is_full(&self, stream: usize) -> bool {
        self.0[stream].is_full()
    }

    pub(super) fn push(&mut self, stream: usize, packet: CapturedPacket, now: Instant) {
        let stream = &mut self.0[stream];
        stream.bytes += packet.size();
        let later = stream.packets.iter().rev();
        let later = later.take_while(|(_, other)| other.time_ns > packet.time_ns);
        let place = stream.packets.len() - later.count();
        stream.packets.insert(place, (now, packet));
    }

    pub(super) fn end(&mut self, stream: usize, end: E) {
        let stream = &mut self.0[stream];
        stream.is_open = false;
        stream.end = Some(end);
    }

    pub(super) fn next(&mut self, now: Instant) -> Next<E> {
        let drained = |stream: &&mut Stream<E>| stream.packets.is_empty() && stream.end.is_some();
        if let Some(end) = self.0.iter_mut().find(drained).and_then(|it| it.end.take()) {
            return Next::End(end);
        }
        let heads = self.0.iter().enumerate();
        let first = heads
            .filter_map(|(index, stream)| Some((stream.time()?, index)))
            .min();
        let Some((_, first)) = first else {
            let is_over = self.0.iter().all(|stream| !stream.is_open);
            return if is_over { Next::Over } else { Next::Wait };
        };
        let may_bring_more = |stream: &Stream<E>| stream.is_open && stream.packets.is_empty();
        let hold = match self.0.iter().any(may_bring_more) {
            true => HOLD,
            false => SETTLE,
        };
        let held = self.0.iter().filter_map(|it| it.packets.front());
        let until = held.map(|(came, _)| *came + hold).min().unwrap_or(now);
        if now < until && !self.0.iter().any(Stream::is_full) {
            return Next::Until(until);
        }
        match self.take(first) {
            Some(packet) => Next::Packet(packet),
            None => Next::Wait,
        }
    }

    fn take(&mut self, stream: usize) -> Option<CapturedPacket> {
        let stream = &mut self.0[stream];
        let (_, packet) = stream.packets.pop_front()?;
        stream.bytes -= packet.size();
        Some(packet)
    }
}

#[cfg(test)]
mod tests {
    use pcapng::InterfaceId;

    use super::*;

    fn packet(stream: u32, time_ns: u64) -> CapturedPacket {
        CapturedPacket::new(InterfaceId(stream), time_ns, vec![0; 10])
    }

    /// The times of the packets that the queue gives at a moment.
    fn given(queue: &mut Queue<&'static str>, now: Instant) -> Vec<u64> {
        let mut times = Vec::new();
        while let Next::Packet(packet) = queue.next(now) {
            times.push(packet.time_ns);
        }
        times
    }

    #[test]
    fn packets_are_given_by_time_as_soon_as_they_have_settled() {
        let now = Instant::now();
        let mut queue = Queue::new(2);
        queue.push(0, packet(0, 30), now);
        queue.push(0, packet(0, 10), now);
        assert_eq!(queue.next(now), Next::Until(now + HOLD));
        queue.push(1, packet(1, 20), now);
        assert_eq!(queue.next(now), Next::Until(now + SETTLE));
        assert_eq!(given(&mut queue, now + SETTLE), [10, 20]);
        queue.push(1, packet(1, 25), now + SETTLE);
        assert_eq!(given(&mut queue, now + SETTLE), [25]);
        assert_eq!(given(&mut queue, now + HOLD), [30]);
    }

    #[test]
    fn a_quiet_stream_is_not_waited_for_longer_than_a_packet_is_held() {
        let now = Instant::now();
        let mut queue = Queue::new(3);
        queue.push(0, packet(0, 30), now);
        let later = now + HOLD / 2;
        queue.push(1, packet(1, 20), later);
        assert_eq!(queue.next(later), Next::Until(now + HOLD));
        // A packet that came later and has an earlier time goes first.
        assert_eq!(given(&mut queue, now + HOLD), [20, 30]);
        assert_eq!(queue.next(now + HOLD), Next::Wait);
    }

    #[test]
    fn an_end_is_told_behind_the_streams_packets_and_holds_nobody_up() {
        let now = Instant::now();
        let mut queue = Queue::new(2);
        queue.push(0, packet(0, 10), now);
        queue.end(0, "one");
        queue.push(1, packet(1, 20), now);
        let now = now + SETTLE;
        assert_eq!(queue.next(now), Next::Packet(packet(0, 10)));
        assert_eq!(queue.next(now), Next::End("one"));
        assert_eq!(queue.next(now), Next::Packet(packet(1, 20)));
        assert_eq!(queue.next(now), Next::Wait);
        queue.end(1, "other");
        assert_eq!(queue.next(now), Next::End("other"));
        assert_eq!(queue.next(now), Next::Over);
    }

    #[test]
    fn a_full_stream_is_given_from_however_quiet_the_others_are() {
        let now = Instant::now();
        let mut queue = Queue::<&str>::new(2);
        for time in 0..MOST_PACKETS as u64 {
            assert!(!queue.is_full(0));
            queue.push(0, packet(0, time), now);
        }
        assert!(queue.is_full(0));
        assert_eq!(given(&mut queue, now), [0]);
        assert!(!queue.is_full(0));
    }
}
