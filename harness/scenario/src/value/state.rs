//! The words for the states that notifications report.

use std::borrow::Cow;

use crate::model::NotificationKind;
use crate::read::Choice;

/// A state that a notification reports (`sac_state` and `spc_state` of RFC 6458 sections
/// 6.1.1 and 6.1.2; SCTP_ADDR_POTENTIALLY_FAILED is of RFC 7829).
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct State {
    pub(crate) constant: &'static str,
    pub(crate) of: NotificationKind,
}

const STATES: [State; 12] = [
    association("SCTP_COMM_UP"),
    association("SCTP_COMM_LOST"),
    association("SCTP_RESTART"),
    association("SCTP_SHUTDOWN_COMP"),
    association("SCTP_CANT_STR_ASSOC"),
    path("SCTP_ADDR_AVAILABLE"),
    path("SCTP_ADDR_UNREACHABLE"),
    path("SCTP_ADDR_REMOVED"),
    path("SCTP_ADDR_ADDED"),
    path("SCTP_ADDR_MADE_PRIM"),
    path("SCTP_ADDR_CONFIRMED"),
    path("SCTP_ADDR_POTENTIALLY_FAILED"),
];

const fn association(constant: &'static str) -> State {
    State {
        constant,
        of: NotificationKind::AssocChange,
    }
}

const fn path(constant: &'static str) -> State {
    State {
        constant,
        of: NotificationKind::PeerAddrChange,
    }
}

impl State {
    /// The constant without its prefix `SCTP_` or `SCTP_ADDR_`, in lower case and with
    /// dashes.
    pub(crate) fn word(self) -> String {
        let word = self.constant.trim_start_matches("SCTP_");
        word.trim_start_matches("ADDR_")
            .to_ascii_lowercase()
            .replace('_', "-")
    }
}

/// The words for the states of a notification; empty if the notification has no state.
pub(crate) fn states_of(kind: NotificationKind) -> Vec<String> {
    STATES
        .into_iter()
        .filter(|state| state.of == kind)
        .map(State::word)
        .collect()
}

impl Choice for State {
    const WHAT: &'static str = "a state";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        STATES
            .into_iter()
            .map(|state| (state.word().into(), state))
            .collect()
    }
}
