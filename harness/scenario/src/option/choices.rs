//! The words for values of socket options, such as `rr` for a stream scheduler.

use std::borrow::Cow;

use crate::model::{Hmac, ResetDirection, ResetRequest, Scheduler};
use crate::read::Choice;

macro_rules! choice {
    ($type:ty, $what:literal, [$($word:literal => $value:ident),* $(,)?]) => {
        impl Choice for $type {
            const WHAT: &'static str = $what;

            fn choices() -> Vec<(Cow<'static, str>, Self)> {
                vec![$(($word.into(), Self::$value)),*]
            }
        }
    };
}

choice!(Hmac, "an HMAC algorithm", ["sha-1" => Sha1, "sha-256" => Sha256]);

choice!(ResetRequest, "a request of RFC 6525", [
    "reset-streams" => Streams,
    "reset-association" => Association,
    "add-streams" => AddStreams,
]);

choice!(ResetDirection, "a direction", [
    "outgoing" => Outgoing,
    "incoming" => Incoming,
]);

choice!(Scheduler, "a stream scheduler of RFC 8260", [
    "fcfs" => FirstComeFirstServed,
    "rr" => RoundRobin,
    "rr-pkt" => RoundRobinPerPacket,
    "prio" => Priority,
    "fc" => FairCapacity,
    "wfq" => WeightedFairQueueing,
]);
