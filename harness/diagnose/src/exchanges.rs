//! Requests and answers of application protocols above SCTP.

use std::collections::BTreeMap;

use wire::payload::{Message, Part};

use crate::evidence::{Evidence, Moment};

/// The most kinds of message that are told apart, and the most requests that wait for an
/// answer.
const KINDS: usize = 128;
const WAITING: usize = 1024;

/// The messages of one kind, and their answers.
#[derive(Debug, Default)]
pub struct Exchange {
    /// The number of messages.
    pub count: u64,
    /// The number of messages that were answered, failures included.
    pub answered: u64,
    /// The answers that report a failure.
    pub failed: Evidence,
    /// The shortest and the longest time to an answer, in nanoseconds.
    pub took: Option<(u64, u64)>,
    /// The sum of the times to the answers, in nanoseconds.
    pub sum: u64,
}

/// The exchanges of an association, by protocol and procedure.
#[derive(Debug, Default)]
pub struct Exchanges {
    /// The exchanges by protocol, procedure, and the end that asks.
    pub by_kind: BTreeMap<(&'static str, String, usize), Exchange>,
    /// The unanswered requests, by protocol, exchange, stream and the end that asks.
    waiting: BTreeMap<(&'static str, u64, u16, usize), (Moment, String)>,
}

impl Exchanges {
    /// Takes a message of an end, on a stream.
    pub(crate) fn take_in(&mut self, message: Message, side: usize, stream: u16, at: Moment) {
        let Message {
            protocol,
            procedure,
            part,
            exchange,
            ..
        } = message;
        // DCEP answers on the stream of the request (RFC 8832, section 5.2). Other
        // protocols answer on any stream.
        let stream = if protocol == "DCEP" { stream } else { 0 };
        match part {
            Part::Request | Part::Notice => {
                let procedure = procedure.into_owned();
                let kind = (protocol, procedure.clone(), side);
                if self.by_kind.len() < KINDS || self.by_kind.contains_key(&kind) {
                    self.by_kind.entry(kind).or_default().count += 1;
                }
                if part == Part::Request {
                    if self.waiting.len() >= WAITING {
                        self.waiting.pop_first();
                    }
                    let key = (protocol, exchange, stream, side);
                    self.waiting.insert(key, (at, procedure));
                }
            }
            Part::Answer | Part::Failure => {
                let asked = (protocol, exchange, stream, 1 - side);
                let Some((since, procedure)) = self.waiting.remove(&asked) else {
                    return;
                };
                let kind = (protocol, procedure, 1 - side);
                if let Some(exchange) = self.by_kind.get_mut(&kind) {
                    let took = at.since(since);
                    let (least, most) = exchange.took.unwrap_or((took, took));
                    exchange.took = Some((least.min(took), most.max(took)));
                    exchange.sum += took;
                    exchange.answered += 1;
                    if part == Part::Failure {
                        exchange.failed.add(at);
                    }
                }
            }
        }
    }
}
