//! The diagnosis as JSON.

use serde_json::{Value, json as object};

use crate::association::{Association, Ending};
use crate::evidence::{Evidence, Moment};
use crate::finding::{Found, Kind};
use crate::findings;
use crate::follow::Follower;

/// One object for each association, as `docs/json.md` describes under "diagnose".
pub fn json(follower: &Follower) -> impl Iterator<Item = Value> + '_ {
    let span = follower.span;
    let all = follower.associations.iter().enumerate();
    all.filter_map(move |(number, it)| {
        let (first, end) = span?;
        Some(of_association(number, it, first, end))
    })
}

fn of_association(number: usize, it: &Association, first: Moment, end: Moment) -> Value {
    let found = findings(it, end);
    let found = found.iter().map(|(kind, found)| finding(kind, found));
    let ends = it.ends.iter().map(|end| {
        object!({
            "addresses": end.addresses.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "port": end.port,
            "verification-tag": end.tag.map(|it| it.0),
            "chunks": end.flow.chunks,
            "bytes": end.flow.bytes,
            "sent-again": end.flow.retransmissions.count(),
            "spurious": end.flow.spurious.count(),
        })
    });
    let paths = it.paths.iter().map(|path| {
        let ways = path.ways.iter().map(|way| {
            object!({
                "packets": way.packets,
                "data": way.data,
                "heartbeats": way.heartbeats,
                "answered": way.answered,
            })
        });
        object!({
            "addresses": path.addresses.map(|it| it.to_string()),
            "ways": ways.collect::<Vec<_>>(),
        })
    });
    let messages = it.exchanges.by_kind.iter();
    let messages = messages.map(|((protocol, procedure, side), exchange)| {
        object!({
            "protocol": protocol,
            "procedure": procedure,
            "from": side,
            "count": exchange.count,
            "answered": exchange.answered,
            "failed": exchange.failed.count(),
            "least-ns": exchange.took.map(|(least, _)| least),
            "most-ns": exchange.took.map(|(_, most)| most),
            "sum-ns": exchange.sum,
        })
    });
    object!({
        "format": 1,
        "association": number + 1,
        "at-ns": it.first.since(first),
        "until-ns": it.last.since(first),
        "packets": it.packets,
        "up": it.was_up(),
        "ends": ends.collect::<Vec<_>>(),
        "paths": paths.collect::<Vec<_>>(),
        "messages": messages.collect::<Vec<_>>(),
        "ended": ended(it.ending.as_ref()),
        "findings": found.collect::<Vec<_>>(),
    })
}

/// A finding as an object.
pub(crate) fn finding(kind: &Kind, found: &Found) -> Value {
    object!({
        "finding": kind.name,
        "words": found.words,
        "certainty": found.certainty.to_string(),
        "rfc": kind.rfc,
        "try": kind.remedy,
        "details": found.details,
        "packets": found.packets.count(),
        "frames": frames(&found.packets),
    })
}

fn ended(ending: Option<&Ending>) -> Value {
    match ending {
        None => Value::Null,
        Some(Ending::ShutDown { by, at }) => {
            object!({"how": "shut-down", "by": by, "frame": at.number})
        }
        Some(Ending::Aborted { by, at, causes }) => {
            object!({"how": "aborted", "by": by, "frame": at.number, "causes": causes})
        }
    }
}

/// The named frames, each with its file by index.
fn frames(packets: &Evidence) -> Vec<Value> {
    let named = packets.named().iter();
    named
        .map(|it| object!({"file": it.file, "frame": it.number, "at-ns": it.at}))
        .collect()
}
