//! The hub, which passes packets to all outputs.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use pcapng::CapturedPacket;

use super::filter::Filter;
use super::header::Header;
use super::output::{Output, Report};
use super::outputs::Outputs;
use super::pace::Pace;
use super::queue::{Batch, Close};

/// Takes packets as they are captured, and hands them on to outputs.
#[derive(Debug)]
pub struct Hub {
    sender: Sender<Message>,
    thread: JoinHandle<Vec<Report>>,
}

/// Tells a hub, from another thread, to hand packets on at once.
#[derive(Clone, Debug)]
pub struct Hurry(Sender<Message>);

impl Hurry {
    /// From now on the hub holds no packet back.
    pub fn up(&self) {
        // A hub that has ended holds no packet back.
        let _ = self.0.send(Message::Hurry);
    }
}

#[derive(Debug)]
enum Message {
    Packets(Vec<CapturedPacket>),
    Hurry,
    Finish(Close),
}

impl Hub {
    /// Begins every output. With a `speed`, a packet is held back until its time has come,
    /// counted from the first packet: at a speed of 2, two seconds of the capture take one
    /// second.
    #[must_use]
    pub fn start(header: Header, outputs: Outputs, filter: Filter, speed: Option<f64>) -> Self {
        let (sender, receiver) = mpsc::channel();
        let header = Arc::new(header);
        outputs
            .all
            .iter()
            .for_each(|output| output.lanes.begin(&header));
        let work = Work {
            header,
            outputs,
            filter,
            speed,
            pace: None,
            waiting: VecDeque::new(),
        };
        Self {
            sender,
            thread: thread::spawn(move || work.run(&receiver)),
        }
    }

    /// Hands packets over. The call never waits for an output.
    pub fn take(&self, packets: Vec<CapturedPacket>) {
        // The hub's thread lives until `finish` or `give_up`.
        let _ = self.sender.send(Message::Packets(packets));
    }

    /// A handle that makes the hub hand on all packets that it holds back.
    #[must_use]
    pub fn hurry(&self) -> Hurry {
        Hurry(self.sender.clone())
    }

    /// Waits until every output has all packets that it will get, and reports the end of
    /// each.
    #[must_use]
    pub fn finish(self) -> Vec<Report> {
        self.end(Close::Whole)
    }

    /// As [`Hub::finish`], but for a capture that is not whole: files do not get their names.
    #[must_use]
    pub fn give_up(self) -> Vec<Report> {
        self.end(Close::GivenUp)
    }

    fn end(self, close: Close) -> Vec<Report> {
        let _ = self.sender.send(Message::Finish(close));
        self.thread.join().unwrap_or_default()
    }
}

struct Work {
    header: Arc<Header>,
    outputs: Outputs,
    filter: Filter,
    speed: Option<f64>,
    pace: Option<Pace>,
    /// The packets that are held back, in the order in which they came.
    waiting: VecDeque<CapturedPacket>,
}

impl Work {
    fn run(mut self, receiver: &Receiver<Message>) -> Vec<Report> {
        let mut close = None;
        while close.is_none() || !self.waiting.is_empty() {
            match self.next(receiver) {
                Some(Message::Packets(packets)) => self.waiting.extend(packets),
                Some(Message::Hurry) => self.speed = None,
                Some(Message::Finish(how)) => close = Some(how),
                None => {}
            }
            self.hand_on();
        }
        let outputs = self.outputs.all;
        let close = close.unwrap_or(Close::GivenUp);
        outputs.iter().for_each(|output| output.lanes.close(close));
        outputs.into_iter().map(Output::report).collect()
    }

    /// The next message, or `None` if the time of a packet comes first. If the hub was
    /// dropped, packets that are held back are handed on at once, and then the outputs are
    /// given up.
    fn next(&self, receiver: &Receiver<Message>) -> Option<Message> {
        let gone = Message::Finish(Close::GivenUp);
        match self.waiting.front().and_then(|packet| self.due(packet)) {
            None => Some(receiver.recv().unwrap_or(gone)),
            Some(due) => {
                let left = due.saturating_duration_since(Instant::now());
                match receiver.recv_timeout(left) {
                    Ok(message) => Some(message),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => Some(Message::Hurry),
                }
            }
        }
    }

    /// When a packet is to be handed on; `None` for at once.
    fn due(&self, packet: &CapturedPacket) -> Option<Instant> {
        self.speed?;
        self.pace?.due(packet.time_ns)
    }

    /// Hands on the packets whose time has come.
    fn hand_on(&mut self) {
        let now = Instant::now();
        if let (None, Some(speed), Some(first)) = (self.pace, self.speed, self.waiting.front()) {
            self.pace = Some(Pace::new(speed, now, first.time_ns));
        }
        let due = |packet: &&CapturedPacket| self.due(packet).is_none_or(|due| due <= now);
        let count = self.waiting.iter().take_while(due).count();
        let taken = self.waiting.drain(..count).filter(|packet| {
            let interface = self.header.interfaces.get(packet.interface.0 as usize);
            interface.is_some_and(|interface| self.filter.takes(interface, packet))
        });
        let batch: Batch = taken.collect();
        if !batch.is_empty() {
            let outputs = self.outputs.all.iter();
            outputs.for_each(|output| output.lanes.push(&batch));
        }
    }
}
