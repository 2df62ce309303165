//! Sends and receives the lines between the lab and a program.

use std::io;
use std::rc::Rc;

use net::Arrived;
use recording::{Event, Output};
use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::sync::mpsc;
use wire::Frame;
use wire::frame::{Envelope, Transport};

use super::line::Told;
use super::{Stack, hex};

/// The longest line in bytes that a program may write.
const LONGEST: usize = 1 << 22;

/// The most bytes taken by one read.
const PIECE: usize = 1 << 16;

/// The most lines of a program's standard error that are kept.
const MOST_WORDS: usize = 1000;

/// Writes the queued lines to the program, until the program is gone.
pub(super) async fn write(pipe: Sender, mut lines: mpsc::UnboundedReceiver<String>) {
    while let Some(line) = lines.recv().await {
        let line = format!("{line}\n");
        let mut rest = line.as_bytes();
        while !rest.is_empty() {
            match pipe.try_write(rest) {
                Ok(written) => rest = &rest[written..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if pipe.writable().await.is_err() {
                        return;
                    }
                }
                Err(_) => return,
            }
        }
    }
}

/// Reads a stream line by line.
struct Lines {
    pipe: Receiver,
    bytes: Vec<u8>,
}

impl Lines {
    fn new(pipe: Receiver) -> Self {
        let bytes = Vec::new();
        Self { pipe, bytes }
    }

    /// The next line; `None` at the end of the stream, on an error, and for a line that is
    /// too long.
    async fn next(&mut self) -> Option<String> {
        let mut piece = vec![0; PIECE];
        let mut looked = 0;
        loop {
            let end = self.bytes[looked..].iter().position(|it| *it == b'\n');
            if let Some(end) = end {
                let line: Vec<u8> = self.bytes.drain(..=looked + end).collect();
                return Some(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            looked = self.bytes.len();
            if looked > LONGEST {
                return None;
            }
            self.pipe.readable().await.ok()?;
            match self.pipe.try_read(&mut piece) {
                Ok(0) => return None,
                Ok(count) => self.bytes.extend_from_slice(&piece[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return None,
            }
        }
    }
}

/// Acts on the lines that a program writes, until the program is gone.
pub(super) async fn read(stack: Rc<Stack>, pipe: Receiver) {
    let mut lines = Lines::new(pipe);
    while let Some(line) = lines.next().await {
        match Told::parse(&line) {
            Some(told) => stack.heed(told),
            None => {
                let shown: String = line.chars().take(200).collect();
                stack.fails(format!(
                    "the program wrote `{shown}`, which is no line of the protocol"
                ));
                return;
            }
        }
    }
    stack.ended();
}

/// Puts the program's standard error on record.
pub(super) async fn overhear(stack: Rc<Stack>, pipe: Receiver) {
    let mut lines = Lines::new(pipe);
    for _ in 0..MOST_WORDS {
        let Some(line) = lines.next().await else {
            return;
        };
        stack.journal.note(Event::Output {
            endpoint: stack.name.to_string(),
            stream: Output::Stderr,
            line: line.replace(char::is_control, "\u{fffd}"),
        });
    }
    // A full pipe would block the program, so the rest is read and dropped.
    while lines.next().await.is_some() {}
}

/// Hands arriving packets to the program, until the run is over.
pub(super) async fn carry(stack: Rc<Stack>) {
    while let Ok(arrived) = stack.node.next().await {
        stack.deliver(arrived);
    }
}

impl Stack {
    /// Hands the packets that have arrived to the program.
    pub(super) fn hear(&self) -> io::Result<()> {
        self.deliver(self.node.take()?);
        Ok(())
    }

    fn deliver(&self, arrived: Vec<Arrived>) {
        for Arrived { frame, .. } in arrived {
            let Ok(frame) = Frame::decode(&frame) else {
                continue;
            };
            if let Transport::Sctp(packet) = frame.transport
                && frame.destination == self.local.ip()
            {
                let (from, to) = (frame.source, frame.destination);
                let packet = hex::encode(packet);
                // If the program is gone, the packet is lost like one to a dead host.
                let _ = self.lines.send(format!("packet {from} {to} {packet}"));
            }
        }
    }

    fn heed(&self, told: Told) {
        match told {
            Told::Stack(called) => *self.called.borrow_mut() = called,
            Told::Reply(reply) => {
                let Some(waits) = self.waiting.borrow_mut().pop_front() else {
                    return self.fails("the program sent a reply without a command".to_owned());
                };
                // The caller may have given up already.
                let _ = waits.send(reply);
            }
            Told::Packet {
                source,
                destination,
                bytes,
            } => {
                let sent = self.node.send(&Envelope::new(source, destination), &bytes);
                if let Err(error) = sent {
                    self.fails(format!(
                        "its packet to {destination} cannot be sent: {error}"
                    ));
                }
            }
            Told::Notification { peer, name, fields } => self.notified(peer, name, fields),
            Told::Received(it) => self.received(&it),
        }
    }

    fn ended(&self) {
        let child = self.child.take();
        let status = child.map(|mut child| process::end(&mut child));
        self.fails(match status {
            Some(Ok(status)) => format!("it ended: {status}"),
            Some(Err(error)) => format!("it ended: {error}"),
            None => "it ended".to_owned(),
        });
    }

    fn fails(&self, why: String) {
        let called = self.called.borrow();
        let mut broken = self.broken.borrow_mut();
        broken.get_or_insert_with(|| format!("the stack {called} at {}: {why}", self.name));
        self.waiting.borrow_mut().clear();
        self.breaks.notify_one();
    }
}
