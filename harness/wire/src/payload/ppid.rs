//! Names of payload protocol identifiers.

use crate::{Ppid, kebab};

/// The identifiers by number: IANA's registry "SCTP Payload Protocol Identifiers". Where
/// the registry has only a description, the name is the protocol's own.
const NAMES: &[(u32, &str)] = &[
    (1, "IUA"),
    (2, "M2UA"),
    (3, "M3UA"),
    (4, "SUA"),
    (5, "M2PA"),
    (6, "V5UA"),
    (7, "H.248"),
    (8, "BICC"),
    (9, "TALI"),
    (10, "DUA"),
    (11, "ASAP"),
    (12, "ENRP"),
    (13, "H.323"),
    (14, "Q.IPC"),
    (15, "SIMCO"),
    (16, "DDP segment"),
    (17, "DDP stream session control"),
    (18, "S1AP"),
    (19, "RUA"),
    (20, "HNBAP"),
    (21, "ForCES-HP"),
    (22, "ForCES-MP"),
    (23, "ForCES-LP"),
    (24, "SBc-AP"),
    (25, "NBAP"),
    (27, "X2AP"),
    (28, "IRCP"),
    (29, "LCS-AP"),
    (30, "MPICH2"),
    (31, "SABP"),
    (32, "Fractal Generator"),
    (33, "Ping Pong"),
    (34, "CalcApp"),
    (35, "Scripting Service"),
    (36, "NetPerfMeter control"),
    (37, "NetPerfMeter data"),
    (38, "Echo"),
    (39, "Discard"),
    (40, "Daytime"),
    (41, "Chargen"),
    (42, "RNA"),
    (43, "M2AP"),
    (44, "M3AP"),
    (45, "SSH"),
    (46, "Diameter"),
    (47, "Diameter/DTLS"),
    (48, "R14P"),
    (49, "GDT"),
    (50, "DCEP"),
    (51, "WebRTC string"),
    (52, "WebRTC binary partial"),
    (53, "WebRTC binary"),
    (54, "WebRTC string partial"),
    (55, "PUA"),
    (56, "WebRTC string empty"),
    (57, "WebRTC binary empty"),
    (58, "XwAP"),
    (59, "Xw-CP"),
    (60, "NGAP"),
    (61, "XnAP"),
    (62, "F1AP"),
    (63, "HTTP"),
    (64, "E1AP"),
    (65, "ELE2"),
    (66, "NGAP/DTLS"),
    (67, "XnAP/DTLS"),
    (68, "F1AP/DTLS"),
    (69, "E1AP/DTLS"),
    (70, "E2-CP"),
    (71, "E2-UP"),
    (72, "E2-DU"),
    (73, "W1AP"),
];

impl Ppid {
    /// The name of the protocol, such as `NGAP`; `None` for 0, which means unspecified,
    /// and for unregistered identifiers.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        let place = NAMES.binary_search_by_key(&self.0, |(number, _)| *number);
        place.ok().map(|place| NAMES[place].1)
    }

    /// The identifier of a protocol. In the name, upper and lower case are equal, as are
    /// blanks and dashes.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let word = kebab(name);
        let known = NAMES.iter().find(|(_, name)| kebab(name) == word);
        known.map(|(number, _)| Self(*number))
    }

    /// The identifier in the opposite byte order, if that is registered and this one is
    /// not: the sender has forgotten `htonl`.
    #[must_use]
    pub fn turned_round(self) -> Option<Self> {
        let turned = Self(self.0.swap_bytes());
        (self.name().is_none() && turned.name().is_some()).then_some(turned)
    }

    /// All names with their numbers.
    pub fn all_names() -> impl Iterator<Item = (Self, &'static str)> {
        NAMES.iter().map(|(number, name)| (Self(*number), *name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_by_its_number_and_every_number_by_its_name() {
        for (number, name) in NAMES {
            assert_eq!(Ppid(*number).name(), Some(*name));
            assert_eq!(Ppid::named(name), Some(Ppid(*number)), "{name}");
        }
        assert_eq!(Ppid::named("diameter/dtls"), Some(Ppid(47)));
        assert_eq!(Ppid(0).name(), None);
        assert_eq!(Ppid::named("unheard of"), None);
    }

    #[test]
    fn bytes_that_stand_the_other_way_around_are_told() {
        assert_eq!(Ppid(0x3c00_0000).turned_round(), Some(Ppid(60)));
        assert_eq!(Ppid(60).turned_round(), None);
        assert_eq!(Ppid(0).turned_round(), None);
        assert_eq!(Ppid(0x6300_0000).turned_round(), None, "99 is nothing");
    }
}
