//! Numbers the hosts of a survey.

use std::collections::{HashMap, HashSet};

use super::ends::{Conversation, End};
use super::joined::Joined;

/// Numbers hosts in the order in which they are asked for.
///
/// A machine that talks to itself becomes several hosts, one for each of its ports: a
/// ladder cannot draw a packet from a host to itself.
pub(crate) struct Hosts<'j> {
    joined: &'j mut Joined,
    /// Hosts that talk to themselves, by the number of their earliest address.
    split: HashSet<usize>,
    numbers: HashMap<(usize, Option<u16>), usize>,
    /// The ends that have a host already. One host may have tens of thousands of ends.
    known: HashSet<End>,
    pub(crate) ends: Vec<Vec<End>>,
}

impl<'j> Hosts<'j> {
    pub(crate) fn new(joined: &'j mut Joined, conversations: &[Conversation]) -> Self {
        let mut split = HashSet::new();
        for conversation in conversations {
            let (source, destination) = hosts_of(joined, conversation);
            if source == destination {
                split.insert(source);
            }
        }
        Self {
            joined,
            split,
            numbers: HashMap::new(),
            known: HashSet::new(),
            ends: Vec::new(),
        }
    }

    /// The ends of a conversation, source first, each with the number of its host.
    pub(crate) fn ends_of(&mut self, conversation: Conversation) -> [(End, usize); 2] {
        let (source, destination) = hosts_of(self.joined, &conversation);
        [
            (source, conversation.source, conversation.source_port),
            (
                destination,
                conversation.destination,
                conversation.destination_port,
            ),
        ]
        .map(|(host, address, port)| {
            let port = self.split.contains(&host).then_some(port);
            let end = End { address, port };
            let next = self.ends.len();
            let number = *self.numbers.entry((host, port)).or_insert(next);
            // An end belongs to one host only, and most hosts have one end.
            let is_new = self.known.insert(end);
            if number == next {
                self.ends.push(vec![end]);
            } else if is_new {
                self.ends[number].push(end);
            }
            (end, number)
        })
    }
}

fn hosts_of(joined: &mut Joined, conversation: &Conversation) -> (usize, usize) {
    let source = joined.number_of(conversation.source);
    let destination = joined.number_of(conversation.destination);
    (joined.host_of(source), joined.host_of(destination))
}
