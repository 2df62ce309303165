//! How steps, expectations and assertions are spoken of on the screen and in
//! recordings.

use std::fmt;
use std::time::Duration;

use super::{Action, Check, Expect, Expected, NotificationPattern, Nth, RuleVerdict, Within};

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Connect(it) => write!(f, "connect {} → {}", it.from, it.to),
            Action::Send(it) => {
                write!(
                    f,
                    "send {} × {} B {} → {}",
                    it.count, it.size, it.from, it.to
                )
            }
            Action::Traffic(it) => write!(
                f,
                "traffic {} → {}, {} B every {}",
                it.from,
                it.to,
                it.size,
                spoken(it.every)
            ),
            Action::Stop(it) => write!(f, "stop {}", it.traffic),
            Action::Expect(it) => it.fmt(f),
            Action::Wait(it) => write!(f, "wait {}", spoken(it.duration)),
            Action::Cut(it) => match &it.from {
                Some(node) => write!(f, "cut {} from {node}", it.link),
                None => write!(f, "cut {}", it.link),
            },
            Action::Restore(it) => write!(f, "restore {}", it.link),
            Action::LinkDown(it) => at_node(f, "link-down", &it.link, it.node.as_ref()),
            Action::LinkUp(it) => at_node(f, "link-up", &it.link, it.node.as_ref()),
            Action::AddRule(it) => {
                let verdict = match it.verdict {
                    RuleVerdict::Pass => "pass",
                    RuleVerdict::Drop => "drop",
                };
                let what = it.chunk.as_deref().map_or("frame".to_owned(), chunk_name);
                match it.nth {
                    Nth::Every => write!(f, "{verdict} every {what}")?,
                    Nth::Only(n) => write!(f, "{verdict} {what} number {n}")?,
                    Nth::EachNth(n) => write!(f, "{verdict} one {what} in {n}")?,
                    Nth::First(n) => write!(f, "{verdict} {n} × {what}")?,
                }
                if let Some(node) = &it.from {
                    write!(f, " from {node}")?;
                }
                if let Some(link) = &it.on {
                    write!(f, " on {link}")?;
                }
                Ok(())
            }
            Action::RemoveRule(it) => write!(f, "remove-rule {}", it.rule),
            Action::Close(it) => write!(f, "close {}", it.endpoint),
            Action::Abort(it) => write!(f, "abort {}", it.endpoint),
        }
    }
}

fn at_node(
    f: &mut fmt::Formatter<'_>,
    verb: &str,
    link: &super::LinkName,
    node: Option<&super::NodeName>,
) -> fmt::Result {
    match node {
        Some(node) => write!(f, "{verb} {link} at {node}"),
        None => write!(f, "{verb} {link}"),
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)?;
        match self.within {
            Within::Fixed(time) => write!(f, " within {}", spoken(time)),
            Within::Bound(kind) => write!(f, " within {}", kind.word()),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expected::Notification(pattern) => pattern.fmt(f),
            Expected::Message { from } => write!(f, "a message from {from}"),
        }
    }
}

impl fmt::Display for NotificationPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            Some(state) => f.write_str(state)?,
            None => f.write_str(self.kind.constant())?,
        }
        match self.address {
            Some(address) => write!(f, " {address}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Check::Delivered(it) => {
                write!(f, "delivered {} → {}: ", it.from, it.to)?;
                if let Some(sent) = it.sent {
                    write!(f, "{sent} sent, ")?;
                }
                write!(f, "{} lost, {} duplicated", it.lost, it.duplicated)
            }
            Check::Chunks(it) => {
                let new = if it.new_only { "new " } else { "" };
                write!(f, "{} {new}{} chunks", it.count, chunk_name(&it.chunk))?;
                if let Some(node) = &it.from {
                    write!(f, " sent by {node}")?;
                }
                if let Some(link) = &it.on {
                    write!(f, " on {link}")?;
                }
                it.window.fmt(f)
            }
            Check::Notifications(it) => {
                write!(f, "{} × {} at {}", it.count, it.pattern, it.at)?;
                it.window.fmt(f)
            }
        }
    }
}

impl fmt::Display for super::Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(after) = &self.after {
            write!(f, " after {after}")?;
        }
        if let Some(before) = &self.before {
            write!(f, " before {before}")?;
        }
        Ok(())
    }
}

/// A chunk type as the RFCs write it, from its word in a scenario.
fn chunk_name(word: &str) -> String {
    match word {
        // The names that have a dash of their own.
        "i-data" | "asconf-ack" | "re-config" => word.to_uppercase(),
        "i-forward-tsn" => "I-FORWARD-TSN".to_owned(),
        _ => word.to_uppercase().replace('-', " "),
    }
}

/// A duration as a scenario writes it.
fn spoken(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    if milliseconds < 1000 {
        return format!("{milliseconds}ms");
    }
    let decimals = format!("{:03}", milliseconds % 1000);
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{}{point}{decimals}s", milliseconds / 1000)
}
