//! The finding that the PPID is 0, although the port belongs to a protocol with a PPID.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{times, verb};
use wire::Ppid;
pub(super) const KIND: Kind = Kind {
    name: "ppid-missing",
    says: "messages have PPID 0 on a port whose protocol has a PPID of its own",
    rfc: "RFC 9260, section 3.3.1",
    doubt: Doubt::Always("another protocol is spoken on that port"),
    remedy: "set the payload protocol identifier at the sender: some receivers drop messages without it",
    alike: Alike {
        run: "one-to-one",
        why: "PPID 0 is right on a port that is no protocol's",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    // The caller's port says nothing: the kernel may have chosen the port of some protocol
    // by chance.
    let is_called = !it.set_up.inits.is_empty() && !it.set_up.both_call;
    let called = it.ends[1].port;
    let ports = [if is_called { called } else { it.ends[0].port }, called];
    let due = DUE.iter().find(|(port, _)| ports.contains(port));
    let Some((port, protocol)) = due.filter(|_| !it.unnamed_data.is_empty()) else {
        return Vec::new();
    };
    let words = format!(
        "{} on port {port} {} PPID 0, where {protocol} ({}) is due",
        times(it.unnamed_data.count(), "message"),
        verb(it.unnamed_data.count(), "has", "have"),
        Ppid::named(protocol).unwrap_or_default()
    );
    vec![Found::certain(words, it.unnamed_data.clone()).unless(&KIND)]
}

/// The ports that IANA has assigned to protocols with a PPID of their own.
const DUE: &[(u16, &str)] = &[
    (2904, "M2UA"),
    (2905, "M3UA"),
    (3565, "M2PA"),
    (3868, "Diameter"),
    (9900, "IUA"),
    (14001, "SUA"),
    (36412, "S1AP"),
    (36422, "X2AP"),
    (36421, "E2-CP"),
    (38412, "NGAP"),
    (38422, "XnAP"),
    (38462, "E1AP"),
    (38472, "F1AP"),
];
