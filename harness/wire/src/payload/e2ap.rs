//! E2AP, between a base station and a RAN controller: procedure names.

/// The elementary procedures by their codes: O-RAN.WG3.E2AP, section 9.3.7.
pub(super) const PROCEDURES: &[(u8, &str)] = &[
    (1, "E2setup"),
    (2, "ErrorIndication"),
    (3, "Reset"),
    (4, "RICcontrol"),
    (5, "RICindication"),
    (6, "RICserviceQuery"),
    (7, "RICserviceUpdate"),
    (8, "RICsubscription"),
    (9, "RICsubscriptionDelete"),
];
