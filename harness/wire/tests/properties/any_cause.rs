//! Generates any error cause.

use proptest::collection::vec;
use proptest::prelude::*;
use sctp_wire::cause::{Cause, CauseCode, MissingParameters, NewAddresses, StaleCookie};
use sctp_wire::parameter::{HmacId, ParameterType};
use sctp_wire::{StreamId, Tsn};

use crate::any_packet::{any_address, any_bytes};

pub(crate) fn any_cause() -> impl Strategy<Value = Cause> {
    prop_oneof![
        any::<u16>().prop_map(|id| Cause::InvalidStreamIdentifier(StreamId(id))),
        vec(any::<u16>().prop_map(ParameterType), 0..5)
            .prop_map(|types| Cause::MissingMandatoryParameter(MissingParameters(types))),
        any::<u32>().prop_map(|staleness_us| Cause::StaleCookie(StaleCookie { staleness_us })),
        Just(Cause::OutOfResource(())),
        any_bytes().prop_map(Cause::UnresolvableAddress),
        any_bytes().prop_map(Cause::UnrecognizedChunkType),
        Just(Cause::InvalidMandatoryParameter(())),
        any_bytes().prop_map(Cause::UnrecognizedParameters),
        any::<u32>().prop_map(|tsn| Cause::NoUserData(Tsn(tsn))),
        Just(Cause::CookieReceivedWhileShuttingDown(())),
        vec(any_address(), 0..4)
            .prop_map(|addresses| Cause::RestartWithNewAddresses(NewAddresses(addresses))),
        any_bytes().prop_map(Cause::UserInitiatedAbort),
        any_bytes().prop_map(Cause::ProtocolViolation),
        any_bytes().prop_map(Cause::DeleteLastAddress),
        any_bytes().prop_map(Cause::ResourceShortage),
        any_bytes().prop_map(Cause::DeleteSourceAddress),
        any_bytes().prop_map(Cause::IllegalAsconfAck),
        any_bytes().prop_map(Cause::NoAuthorization),
        any::<u16>().prop_map(|id| Cause::UnsupportedHmacIdentifier(HmacId(id))),
        (any::<u16>(), any_bytes())
            .prop_filter("known", |(number, _)| {
                CauseCode(*number).to_string().starts_with("unknown")
            })
            .prop_map(|(number, value)| Cause::Unknown { number, value }),
    ]
}
