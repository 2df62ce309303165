//! Generates any parameter.

use proptest::collection::vec;
use proptest::prelude::*;
use sctp_wire::parameter::{
    AddStreams, AddressChange, AddressType, AsconfError, AsconfSuccess, CookiePreservative,
    DetectionMethod, HmacId, IncomingReset, OutgoingReset, Parameter, ParameterType,
    ReconfigResponse, ReconfigResult, TsnReset,
};
use sctp_wire::{ChunkType, StreamId, Tsn};

use crate::any_cause::any_cause;
use crate::any_packet::{any_address, any_bytes};

pub(crate) fn any_parameter() -> impl Strategy<Value = Parameter> {
    prop_oneof![
        any_of_base(),
        any_of_authentication(),
        any_of_asconf(),
        any_of_re_config(),
        (any::<u16>(), any_bytes())
            .prop_filter("known", |(number, _)| {
                ParameterType(*number).to_string().starts_with("unknown")
            })
            .prop_map(|(number, value)| Parameter::Unknown { number, value }),
    ]
}

fn any_of_base() -> impl Strategy<Value = Parameter> {
    prop_oneof![
        any::<[u8; 4]>().prop_map(|octets| Parameter::Ipv4Address(octets.into())),
        any::<[u8; 16]>().prop_map(|octets| Parameter::Ipv6Address(octets.into())),
        any_bytes().prop_map(Parameter::StateCookie),
        any_bytes().prop_map(Parameter::UnrecognizedParameter),
        any::<u32>()
            .prop_map(|increment_ms| CookiePreservative { increment_ms })
            .prop_map(Parameter::CookiePreservative),
        any_bytes().prop_map(Parameter::HostNameAddress),
        vec(any::<u16>().prop_map(AddressType), 0..5).prop_map(Parameter::SupportedAddressTypes),
        Just(Parameter::EcnCapable(())),
        any::<u32>().prop_map(|id| Parameter::ZeroChecksumAcceptable(DetectionMethod(id))),
        any_bytes().prop_map(Parameter::Padding),
        Just(Parameter::ForwardTsnSupported(())),
    ]
}

fn any_of_authentication() -> impl Strategy<Value = Parameter> {
    let types = || vec(any::<u8>().prop_map(ChunkType::from), 0..7);
    prop_oneof![
        any_bytes().prop_map(Parameter::Random),
        types().prop_map(Parameter::ChunkList),
        types().prop_map(Parameter::SupportedExtensions),
        vec(any::<u16>().prop_map(HmacId), 0..5).prop_map(Parameter::RequestedHmacAlgorithms),
    ]
}

fn any_of_asconf() -> impl Strategy<Value = Parameter> {
    let change = || {
        (any::<u32>(), any_address()).prop_map(|(correlation_id, address)| AddressChange {
            correlation_id,
            address,
        })
    };
    prop_oneof![
        change().prop_map(Parameter::AddIpAddress),
        change().prop_map(Parameter::DeleteIpAddress),
        change().prop_map(Parameter::SetPrimaryAddress),
        (any::<u32>(), vec(any_cause(), 0..3)).prop_map(|(correlation_id, causes)| {
            Parameter::ErrorCauseIndication(AsconfError {
                correlation_id,
                causes,
            })
        }),
        any::<u32>()
            .prop_map(|correlation_id| AsconfSuccess { correlation_id })
            .prop_map(Parameter::SuccessIndication),
        any::<u32>().prop_map(Parameter::AdaptationLayerIndication),
    ]
}

fn any_of_re_config() -> impl Strategy<Value = Parameter> {
    let streams = || vec(any::<u16>().prop_map(StreamId), 0..5);
    let add =
        || (any::<u32>(), any::<u16>()).prop_map(|(request, count)| AddStreams { request, count });
    prop_oneof![
        (any::<u32>(), any::<u32>(), any::<u32>(), streams()).prop_map(
            |(request, response, last_tsn, streams)| {
                Parameter::OutgoingSsnResetRequest(OutgoingReset {
                    request,
                    response,
                    last_tsn: Tsn(last_tsn),
                    streams,
                })
            }
        ),
        (any::<u32>(), streams()).prop_map(|(request, streams)| {
            Parameter::IncomingSsnResetRequest(IncomingReset { request, streams })
        }),
        any::<u32>().prop_map(|request| Parameter::SsnTsnResetRequest(TsnReset { request })),
        (any::<u32>(), any::<u32>(), any::<Option<(u32, u32)>>()).prop_map(
            |(response, result, tsns)| {
                Parameter::ReconfigurationResponse(ReconfigResponse {
                    response,
                    result: ReconfigResult(result),
                    next_tsns: tsns.map(|(sender, receiver)| (Tsn(sender), Tsn(receiver))),
                })
            }
        ),
        add().prop_map(Parameter::AddOutgoingStreams),
        add().prop_map(Parameter::AddIncomingStreams),
    ]
}
