//! Checks that scenarios show each bound with tuned timers, at an endpoint with several
//! associations, and from either side. A bound that is right for one association with
//! default timers may be wrong in other cases.

use std::collections::{BTreeMap, BTreeSet};

use scenario::{Action, BoundKind, EndpointName, Expect, Scenario, Within};

use crate::repository::scenarios_in;

/// The endpoint at which a bound is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// The endpoint that set the association up.
    Caller,
    /// The endpoint that accepted the association.
    Called,
    /// An endpoint with several associations.
    Several,
}

/// Number of associations that an endpoint set up, and of those that others set up with
/// it.
fn connects(scenario: &Scenario, at: &EndpointName) -> (usize, usize) {
    let ends = scenario.steps.iter().filter_map(|step| match &step.action {
        Action::Connect(it) => Some((&it.from, &it.to)),
        Action::Send(it) if it.set_up.is_some() => Some((&it.from, &it.to)),
        _ => None,
    });
    let (own, others): (Vec<_>, Vec<_>) = ends
        .filter(|(from, to)| *from == at || *to == at)
        .partition(|(from, _)| *from == at);
    (own.len(), others.len())
}

/// The expectations with a bound at endpoints with tuned RTOs.
fn tuned(scenario: &Scenario) -> Vec<(&Expect, BoundKind)> {
    let expects = scenario.steps.iter().filter_map(|step| match &step.action {
        Action::Expect(expect) => Some(expect),
        _ => None,
    });
    let of_bounds = expects.filter_map(|expect| match expect.within {
        Within::Bound(kind) => Some((expect, kind)),
        Within::Fixed(_) => None,
    });
    of_bounds
        .filter(|(expect, _)| {
            let endpoint = scenario.endpoint(&expect.at);
            endpoint.is_some_and(|it| it.timers.rto_max.is_some() && it.timers.rto_min.is_some())
        })
        .collect()
}

#[test]
fn each_bound_is_shown_in_each_way_with_tuned_timers() {
    let mut shown: BTreeMap<BoundKind, BTreeSet<Way>> = BTreeMap::new();
    for scenario in scenarios_in("scenarios").values() {
        for (expect, kind) in tuned(scenario) {
            let (own, others) = connects(scenario, &expect.at);
            let ways = shown.entry(kind).or_default();
            ways.extend((own > 0).then_some(Way::Caller));
            ways.extend((others > 0).then_some(Way::Called));
            ways.extend((own + others > 1).then_some(Way::Several));
        }
    }
    for kind in BoundKind::ALL {
        let mut wanted = BTreeSet::from([Way::Caller, Way::Called, Way::Several]);
        if kind == BoundKind::Init {
            // Only the endpoint that sets an association up sends INIT.
            wanted.remove(&Way::Called);
        }
        let shown = shown.remove(&kind).unwrap_or_default();
        let missing: Vec<_> = wanted.difference(&shown).collect();
        assert!(
            missing.is_empty(),
            "no scenario with tuned timers shows {} by {missing:?}",
            kind.word()
        );
    }
}
