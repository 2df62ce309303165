//! The attributes of a sent message: ancillary data of RFC 6458 section 5.3.

use std::borrow::Cow;
use std::net::IpAddr;

use super::send::SendForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, Init, Reliability};
use crate::option::Setting;
use crate::read::Choice;
use crate::value::Address;

/// Attributes of a message (RFC 6458 section 5.3) other than its stream, its payload
/// protocol identifier and its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendAttributes {
    /// A number that is returned if the message cannot be sent.
    pub context: u32,
    /// When the message is abandoned; `None` is never.
    pub reliability: Option<Reliability>,
    /// Whether the receiver is asked not to delay its SACK.
    pub sack_immediately: bool,
    /// Whether and how the message ends the association.
    pub end: Option<End>,
    /// Address of the receiver to which the message is sent instead of the primary path.
    pub to_address: Option<IpAddr>,
    /// Parameters of INIT, if the message sets the association up.
    pub init: Option<Init>,
    /// Further addresses of the receiver, if the message sets the association up.
    pub more_addresses: Vec<IpAddr>,
    /// Number of the key that authenticates the message.
    pub auth_key: Option<u16>,
    /// Form in which the attributes are passed to the kernel.
    pub ancillary: Ancillary,
}

/// The way in which a message ends its association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `SCTP_EOF`: gracefully, after all earlier messages.
    Eof,
    /// `SCTP_ABORT`: by an ABORT; the message is the reason.
    Abort,
}

/// The form of the attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ancillary {
    /// `SCTP_SNDINFO` and `SCTP_PRINFO`.
    #[default]
    SndInfo,
    /// `SCTP_SNDRCV`, the old form.
    SndRcv,
    /// Not passed: the socket's defaults apply.
    None,
}

impl Choice for End {
    const WHAT: &'static str = "a way to end an association";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![("eof".into(), End::Eof), ("abort".into(), End::Abort)]
    }
}

impl Choice for Ancillary {
    const WHAT: &'static str = "a form of ancillary data";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![
            ("sndinfo".into(), Ancillary::SndInfo),
            ("sndrcv".into(), Ancillary::SndRcv),
            ("none".into(), Ancillary::None),
        ]
    }
}

/// The attributes of the message. `to` is `None` if it is wrong.
pub(super) fn check_attributes(
    form: &SendForm,
    to: Option<&EndpointName>,
    scope: &mut Scope<'_, '_>,
) -> Option<SendAttributes> {
    let address = |scope: &mut Scope<'_, '_>, address: &Spanned<Address>| match to {
        Some(to) => scope.address_of(to, address),
        None => Some(address.value.0),
    };
    let to_address = scope.optional(&form.to_address, address);
    let more_addresses = scope.optional(&form.more_addresses, |scope, more| {
        let more = more.value.0.items.iter();
        more.map(|one| address(scope, one))
            .collect::<Option<Vec<IpAddr>>>()
    });
    let reliability = form.partial_reliability.check(|it| it.value.setting());
    let init = form.init.check(|it| it.value.setting());
    Some(SendAttributes {
        context: form.context.get().map_or(0, |context| context.0),
        reliability: reliability?,
        sack_immediately: form.sack_immediately.get().is_some_and(|it| it.0),
        end: form.end.get().map(|end| end.0),
        to_address: to_address?,
        init: init?,
        more_addresses: more_addresses?.unwrap_or_default(),
        auth_key: form.auth_key.get().map(|key| key.0),
        ancillary: form
            .ancillary
            .get()
            .map_or(Ancillary::default(), |form| form.0),
    })
}
