//! `SCTP_AUTHENTICATION_EVENT`: an authentication key came into use or went out of use.

use super::Fields;
use super::bytes::split;
use crate::AssocId;
use crate::named::named;
use crate::sys::sctp_authkey_event;

named! {
    /// `auth_indication`.
    pub enum AuthenticationIndication: u32 {
        /// The peer uses this key from now on.
        NewKey = SCTP_AUTH_NEW_KEY,
        /// This key is no longer used and may be deleted.
        FreeKey = SCTP_AUTH_FREE_KEY,
        /// The peer does not support AUTH.
        NoAuth = SCTP_AUTH_NO_AUTH,
    }
}

/// `SCTP_AUTHENTICATION_EVENT` (RFC 6458 section 6.1.8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authentication {
    /// The key.
    pub keynumber: u16,
    /// The previous key. Later drafts dropped this field; both systems still have it.
    pub altkeynumber: u16,
    /// What happened.
    pub indication: AuthenticationIndication,
    /// The association.
    pub assoc_id: AssocId,
}

impl Authentication {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, _) = split::<sctp_authkey_event>(bytes)?;
        Some(Self {
            keynumber: raw.auth_keynumber,
            altkeynumber: raw.auth_altkeynumber,
            indication: AuthenticationIndication::from_raw(raw.auth_indication),
            assoc_id: AssocId::from_raw(raw.auth_assoc_id),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("auth_keynumber", self.keynumber.into()),
            ("auth_altkeynumber", self.altkeynumber.into()),
            ("auth_indication", self.indication.into()),
            ("auth_assoc_id", self.assoc_id.into()),
        ]
    }
}
