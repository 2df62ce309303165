//! The errors of a path since its last sign of life, and their timers as a sum.

use std::net::IpAddr;

use bounds::{Interval, Span};
use recording::Time;

use crate::life::{Expiry, Life};
use crate::slack::Slack;

/// The timers that ran out on a path, from the first packet that was lost there.
pub(super) struct Chain<'l> {
    /// The moment at which the first of these timers was set.
    pub(super) from: Time,
    pub(super) expiries: Vec<&'l Expiry>,
}

impl<'l> Chain<'l> {
    /// The timers that ran out after the path's last sign of life before `until`.
    pub(super) fn of(life: &'l Life, path: IpAddr, until: Time) -> Option<Chain<'l>> {
        let reset = life.last_reset(Some(path), until).map(|reset| reset.at);
        let of_path = life
            .expiries
            .iter()
            .filter(|it| it.path == path && it.at <= until);
        let mut expiries: Vec<&Expiry> = of_path
            .filter(|it| reset.is_none_or(|reset| it.at > reset))
            .collect();
        let first = expiries.iter().position(|it| it.errors.is_some())?;
        let from = match expiries.get(first.checked_sub(1).unwrap_or(usize::MAX)) {
            // The first lost packet is the HEARTBEAT before this expiry.
            Some(before) if expiries[first].timer.is_of_heartbeats() => before.at,
            _ => expiries[first].set,
        };
        expiries.drain(..first);
        Some(Chain { from, expiries })
    }

    /// The number of errors that were counted.
    pub(super) fn errors(&self) -> u32 {
        let counted = self.expiries.iter().rev().find_map(|it| it.errors);
        counted.unwrap_or(0)
    }

    /// The expiry that counted the last error.
    pub(super) fn last(&self) -> Option<&'l Expiry> {
        let mut counted = self.expiries.iter().rev();
        counted.find(|it| it.errors.is_some()).copied()
    }

    /// Whether no packet shows the moment of the last error.
    pub(super) fn ends_silently(&self) -> bool {
        self.last().is_some_and(|last| last.silent)
    }

    /// The earliest and the latest moment of the last expiry, counted from
    /// [`Chain::from`]. Each timer adds the range that it was set to; the random part of
    /// a HEARTBEAT timer is taken from the record.
    pub(super) fn between(&self, slack: Slack) -> Interval {
        let mut sum = Interval::default();
        let mut before = self.from;
        for expiry in &self.expiries {
            let late = Span::from(before - expiry.set);
            let early = Span::from(expiry.set - before);
            let allowed = Interval {
                least: expiry.allowed.least + early - late,
                most: expiry.allowed.most + early - late,
            };
            let took = Span::from(expiry.at - before);
            let is_by_chance = expiry.timer.is_of_heartbeats();
            sum = sum
                + if is_by_chance && allowed.allows(took) {
                    Interval::exactly(took)
                } else {
                    allowed
                };
            before = expiry.at;
        }
        slack.noticed(sum.least, sum.most)
    }

    /// The sum of the timers in words.
    pub(super) fn sum(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut before = self.from;
        let mut last = None;
        for expiry in &self.expiries {
            let took = Span::from(expiry.at - before);
            let name = if last == Some(expiry.timer) {
                String::new()
            } else {
                format!("{} ", expiry.timer)
            };
            last = Some(expiry.timer);
            let allowed = expiry.allowance();
            parts.push(if expiry.set == before || expiry.set == expiry.at {
                format!("{name}{took} ({allowed})")
            } else {
                format!("{name}{took} ({} of {allowed})", expiry.took())
            });
            before = expiry.at;
        }
        parts.join(" + ")
    }
}
