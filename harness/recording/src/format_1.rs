//! Reads observations of format 1, which identified associations by the kernel's
//! identifiers: each end by its own, and one-to-one sockets by a shared one.
//!
//! Associations get names here. Both ends get the same name if the capture proves that
//! they belong to one association. Otherwise each end has a name of its own, and no packet
//! is assigned to this name.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{
    AssociationEnd, AssociationName, Associations, Event, NameGiver, Observation, Outcome, Packet,
    Time, TransportAddresses,
};

pub(crate) const FORMAT: u32 = 1;

/// The observations with named associations, each declared before its first use.
///
/// # Errors
///
/// The number of an invalid line.
pub(crate) fn observations(
    mut lines: Vec<(usize, Json)>,
    packets: &[Packet],
) -> Result<Vec<Observation>, (usize, serde_json::Error)> {
    let ends = name(ends(&lines), packets);
    for end in &ends {
        for line in &end.lines {
            lines[*line].1["association"] = json!(end.name.as_str());
        }
    }
    let mut declared: BTreeMap<usize, Vec<&OldEnd>> = BTreeMap::new();
    for end in &ends {
        declared.entry(end.first()).or_default().push(end);
    }
    let mut observations = Vec::new();
    let mut places = Vec::new();
    for (index, (number, mut line)) in lines.into_iter().enumerate() {
        if line["association"].is_number() {
            // The message of a socket that did not report the association.
            line.as_object_mut().map(|it| it.remove("association"));
        }
        let it = Observation::deserialize(line).map_err(|error| (number, error))?;
        for end in declared.remove(&index).unwrap_or_default() {
            observations.push(end.declaration(it.at));
        }
        places.push(observations.len());
        observations.push(it);
    }
    for it in &mut observations {
        if let Event::StepEnded {
            outcome: Outcome::Seen { observation },
            ..
        } = &mut it.event
        {
            *observation = places.get(*observation).copied().unwrap_or(usize::MAX);
        }
    }
    Ok(observations)
}

/// An end of an association in format 1.
struct OldEnd {
    endpoint: String,
    id: u32,
    /// Indices of the lines about the end.
    lines: Vec<usize>,
    at: Time,
    remote: BTreeSet<IpAddr>,
    is_up: bool,
    name: AssociationName,
    peer: Option<String>,
    transports: [TransportAddresses; 2],
}

impl OldEnd {
    fn new(endpoint: &str, id: u32, at: Time) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            id,
            lines: Vec::new(),
            at,
            remote: BTreeSet::new(),
            is_up: false,
            name: endpoint.into(),
            peer: None,
            transports: Default::default(),
        }
    }

    fn first(&self) -> usize {
        self.lines.first().copied().unwrap_or(usize::MAX)
    }

    fn declaration(&self, at: Time) -> Observation {
        let [local, mut remote] = self.transports.clone();
        remote.extend(self.remote.iter().copied());
        Observation {
            at,
            event: Event::AssociationUp(AssociationEnd {
                endpoint: self.endpoint.clone(),
                association: self.name.clone(),
                peer: self.peer.clone(),
                id: Some(self.id),
                local,
                remote,
                chosen: None,
                offered: Vec::new(),
                found: false,
            }),
        }
    }
}

/// The ends in the lines, in the order of their beginning. A second SCTP_COMM_UP, or
/// SCTP_RESTART, begins another end with the same identifier.
fn ends(lines: &[(usize, Json)]) -> Vec<OldEnd> {
    let mut ends: Vec<OldEnd> = Vec::new();
    for (place, (_, line)) in lines.iter().enumerate() {
        let (Some(endpoint), Some(id)) = (line["endpoint"].as_str(), line["association"].as_u64())
        else {
            continue;
        };
        let id = u32::try_from(id).unwrap_or(u32::MAX);
        let at = Time::from_nanos(line["at"].as_u64().unwrap_or(0));
        if id == 0 && line["event"] == "received" {
            continue;
        }
        let known = ends
            .iter()
            .rposition(|it| it.endpoint == endpoint && it.id == id);
        let state = state(line);
        let begins = match (known, state) {
            (None, _) | (_, Some("SCTP_RESTART")) => true,
            (Some(known), Some("SCTP_COMM_UP")) => ends[known].is_up,
            _ => false,
        };
        let current = match known {
            Some(known) if !begins => known,
            _ => {
                let mut end = OldEnd::new(endpoint, id, at);
                if let Some(known) = known {
                    end.lines = lines_before(lines, place, endpoint);
                    ends[known].lines.retain(|it| !end.lines.contains(it));
                }
                ends.push(end);
                ends.len() - 1
            }
        };
        let end = &mut ends[current];
        end.lines.push(place);
        end.is_up |= matches!(state, Some("SCTP_COMM_UP" | "SCTP_RESTART"));
        if line["event"] == "path" {
            let address = line["address"].as_str();
            let address: Option<IpAddr> = address.and_then(|it| it.parse().ok());
            end.remote.extend(address);
        }
    }
    ends.retain(|end| !end.lines.is_empty());
    ends
}

/// Indices of the lines directly before the notification at `place` that were written
/// because of it.
fn lines_before(lines: &[(usize, Json)], place: usize, endpoint: &str) -> Vec<usize> {
    let mut before: Vec<usize> = (0..place)
        .rev()
        .take_while(|it| {
            let line = &lines[*it].1;
            line["endpoint"] == endpoint
                && (line["event"] == "association" || line["event"] == "path")
        })
        .collect();
    before.reverse();
    before
}

fn state(line: &Json) -> Option<&str> {
    let mut fields = line["fields"].as_array()?.iter();
    fields.find(|it| it[0] == "sac_state")?[1].as_str()
}

fn name(mut ends: Vec<OldEnd>, packets: &[Packet]) -> Vec<OldEnd> {
    let on_the_wire = Associations::of_packets(packets);
    let mut of_wire: BTreeMap<AssociationName, Vec<usize>> = BTreeMap::new();
    for (place, wire) in matches(&ends, &on_the_wire) {
        of_wire.entry(wire).or_default().push(place);
    }
    let mut names = NameGiver::default();
    for (wire, places) in of_wire {
        let Some([first, second]) = on_the_wire.ends(&wire) else {
            continue;
        };
        let side = |end: &OldEnd| {
            let is_second = end
                .remote
                .iter()
                .any(|it| first.transport.addresses.contains(it));
            usize::from(is_second)
        };
        let endpoint_of = |wanted: usize| {
            let mut own = places.iter().map(|place| &ends[*place]);
            own.find(|end| side(end) == wanted)
                .map(|end| end.endpoint.clone())
        };
        let endpoints = [0, 1].map(endpoint_of);
        let base = match &endpoints {
            [Some(one), Some(other)] => format!("{one}-{other}"),
            [Some(only), None] | [None, Some(only)] => only.clone(),
            [None, None] => continue,
        };
        let name = names.next(&base);
        for place in places {
            let own = side(&ends[place]);
            let end = &mut ends[place];
            end.name = name.clone();
            end.peer.clone_from(&endpoints[1 - own]);
            let transports = [first.transport.clone(), second.transport.clone()];
            let [local, remote] = [own, 1 - own].map(|side| transports[side].clone());
            end.transports = [local, remote];
        }
    }
    for end in &mut ends {
        if end.transports[0].port == 0 {
            end.name = names.next(&end.endpoint);
        }
    }
    ends
}

/// Matches ends with associations on the wire, where only one match is possible: each end
/// is first mentioned while its association is the last one that has begun between these
/// addresses.
fn matches(ends: &[OldEnd], on_the_wire: &Associations) -> Vec<(usize, AssociationName)> {
    let mut by_peer: BTreeMap<(&str, &BTreeSet<IpAddr>), Vec<usize>> = BTreeMap::new();
    for (place, end) in ends.iter().enumerate() {
        by_peer
            .entry((&end.endpoint, &end.remote))
            .or_default()
            .push(place);
    }
    let mut found = Vec::new();
    for ((_, remote), places) in by_peer {
        let wires: Vec<(Time, &AssociationName)> = on_the_wire
            .beginnings()
            .filter(|(_, name)| {
                let ends = on_the_wire.ends(name);
                let mut addresses = ends.iter().flatten().flat_map(|it| &it.transport.addresses);
                addresses.any(|it| remote.contains(it))
            })
            .collect();
        if wires.len() != places.len() {
            continue;
        }
        let starts = wires.iter().map(|(at, _)| *at);
        let in_turn = places
            .iter()
            .zip(starts.clone())
            .all(|(place, start)| start <= ends[*place].at)
            && places
                .iter()
                .zip(starts.skip(1))
                .all(|(place, next)| ends[*place].at < next);
        if in_turn {
            let names = wires.iter().map(|(_, name)| (*name).clone());
            found.extend(places.into_iter().zip(names));
        }
    }
    found
}
