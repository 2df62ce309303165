//! The finding that data moved from a failing path to another.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, path_name, seconds, times};
pub(super) const KIND: Kind = Kind {
    name: "failover",
    says: "new data goes over another path, after retransmissions on the old one",
    rfc: "RFC 9260, sections 6.4 and 8.2; RFC 7829",
    doubt: Doubt::Never,
    remedy: "if the turn took too long, lower RTO.Min, RTO.Max or Path.Max.Retrans, or set potentially-failed thresholds; `sctp-lab bound failover` reckons what they come to",
    alike: Alike {
        run: "set-primary",
        why: "the application chooses the other path, and nothing is sent again",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        for failover in &end.flow.failovers.seen {
            let [from, to] = [failover.from, failover.to].map(|path| path_name(it, path));
            let words = format!(
                "the data of {} turns from {from} to {to}, {} after the first chunk that was not answered",
                name(it, side),
                seconds(failover.turned.since(failover.unanswered)),
            );
            let packets = [failover.unanswered]
                .into_iter()
                .chain(failover.retransmissions.named().iter().copied())
                .chain([failover.turned]);
            let again = times(failover.retransmissions.count(), "retransmission");
            let mut one =
                Found::certain(words, packets.collect()).detail(format!("{again} until then"));
            let mut before = failover.unanswered;
            for next in failover.retransmissions.named() {
                let took = seconds(next.since(before));
                let path = match *next == failover.first_on_other {
                    true => ", the first on the other path",
                    false => "",
                };
                one = one.detail(format!("{took} until frame {}{path}", next.number));
                before = *next;
            }
            let rest = seconds(failover.turned.since(before));
            found.push(one.detail(format!(
                "{rest} until all new data went there, from frame {}",
                failover.turned.number
            )));
        }
    }
    found
}
