//! Restarts of an association (RFC 9260 section 5.2.4.1).

use std::collections::BTreeMap;

use recording::{AssociationEnd, AssociationName, Event, Time};

use super::Of;
use super::replay::MOMENT;
use crate::timeline::Timeline;

/// Whether the association took the place of one that was there: it came up between the
/// same ports at the moment at which the other one ended.
pub(super) fn is_restart(of: &Of<'_>, timeline: &Timeline<'_>) -> bool {
    let mut ends: BTreeMap<&AssociationName, &AssociationEnd> = BTreeMap::new();
    let mut over: Vec<(Time, &AssociationEnd)> = Vec::new();
    for (_, it) in timeline.observations() {
        match &it.event {
            Event::AssociationBegun(end) | Event::AssociationUp(end)
                if end.endpoint == of.endpoint =>
            {
                if end.association == *of.association {
                    let is_up = matches!(it.event, Event::AssociationUp(_));
                    let mut over = over.iter();
                    return is_up
                        && over.any(|(at, old)| it.at <= *at + MOMENT && is_between(old, end));
                }
                ends.insert(&end.association, end);
            }
            Event::AssociationEnded {
                endpoint,
                association,
                ..
            } if endpoint == of.endpoint => {
                over.extend(ends.get(association).map(|end| (it.at, *end)));
            }
            _ => {}
        }
    }
    false
}

fn is_between(old: &AssociationEnd, new: &AssociationEnd) -> bool {
    old.local.port == new.local.port && old.remote.port == new.remote.port
}

#[cfg(test)]
mod tests {
    use hand_made::{Side, empty, ms};
    use recording::{Observation, Recording, TransportAddresses};

    use super::*;

    fn up(name: &str, port: u16) -> Event {
        let at = |port, side: Side| TransportAddresses {
            port,
            addresses: vec![side.address(1)],
        };
        Event::AssociationUp(AssociationEnd {
            endpoint: "server".into(),
            association: name.into(),
            peer: None,
            id: None,
            local: at(5000, Side::Server),
            remote: at(port, Side::Client),
            chosen: None,
            offered: Vec::new(),
            found: false,
        })
    }

    fn restarts(events: &[(u64, Event)]) -> bool {
        let observations = events
            .iter()
            .cloned()
            .map(|(at, event)| Observation { at: ms(at), event });
        let recording = Recording {
            observations: observations.collect(),
            ..empty()
        };
        let of = Of {
            endpoint: "server",
            node: "server",
            association: &"second".into(),
        };
        is_restart(&of, &Timeline::new(&recording))
    }

    #[test]
    fn a_restart_takes_the_place_of_one_between_the_same_ports() {
        let ended = Event::AssociationEnded {
            endpoint: "server".into(),
            association: "first".into(),
            t1_expiries: None,
        };
        let first = || (0, up("first", 5001));
        let over = || (9, ended.clone());
        assert!(restarts(&[first(), over(), (9, up("second", 5001))]));
        assert!(!restarts(&[first(), over(), (9, up("second", 5002))]));
        assert!(!restarts(&[first(), over(), (99, up("second", 5001))]));
        assert!(!restarts(&[first(), (9, up("second", 5001)), over()]));
    }
}
