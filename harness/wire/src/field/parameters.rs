//! The fields of the parameters that a chunk carries.

use std::net::IpAddr;

use bytes::Bytes;

use super::{Registry, Row, causes};
use crate::parameter::AddressChange;
use crate::{Parameter, Tsn};

const PARAMETERS: Row<[Parameter]> = Row::codes(
    "parameters",
    "the parameters, in their order",
    Registry::Parameters,
    |all| each(all, |parameter| Some(parameter.kind().0.into())),
);

/// The fields of parameters in INIT and INIT ACK chunks.
pub(crate) const OF_INIT: &[Row<[Parameter]>] = &[
    Row::addresses("addresses", "the sender's addresses", |all| {
        each(all, |parameter| match parameter {
            Parameter::Ipv4Address(address) => Some(IpAddr::from(*address)),
            Parameter::Ipv6Address(address) => Some(IpAddr::from(*address)),
            _ => None,
        })
    }),
    Row::codes(
        "supported-address-types",
        "the kinds of address that the sender can use",
        Registry::Addresses,
        |all| {
            flat(all, |parameter| match parameter {
                Parameter::SupportedAddressTypes(kinds) => Some(kinds),
                _ => None,
            })
            .map(|kind| kind.0.into())
            .collect()
        },
    ),
    Row::codes(
        "supported-extensions",
        "the chunks of extensions that the sender understands",
        Registry::Chunks,
        |all| {
            flat(all, |parameter| match parameter {
                Parameter::SupportedExtensions(kinds) => Some(kinds),
                _ => None,
            })
            .map(|kind| kind.number().into())
            .collect()
        },
    ),
    Row::flag(
        "ecn-capable",
        "whether congestion marks are understood",
        |all| all.contains(&Parameter::EcnCapable(())),
    ),
    Row::flag(
        "forward-tsn-supported",
        "whether FORWARD TSN is understood",
        |all| all.contains(&Parameter::ForwardTsnSupported(())),
    ),
    Row::numbers(
        "adaptation-code",
        "the adaptation layer indication",
        |all| {
            each(all, |parameter| match parameter {
                Parameter::AdaptationLayerIndication(code) => Some((*code).into()),
                _ => None,
            })
        },
    ),
    Row::numbers(
        "cookie-life-increment",
        "how much longer the cookie shall live, in milliseconds",
        |all| {
            each(all, |parameter| match parameter {
                Parameter::CookiePreservative(it) => Some(it.increment_ms.into()),
                _ => None,
            })
        },
    ),
    Row::codes(
        "chunk-list",
        "the chunks that must be authenticated",
        Registry::Chunks,
        |all| {
            flat(all, |parameter| match parameter {
                Parameter::ChunkList(kinds) => Some(kinds),
                _ => None,
            })
            .map(|kind| kind.number().into())
            .collect()
        },
    ),
    Row::codes(
        "hmac-algorithms",
        "how the sender can authenticate",
        Registry::Hmacs,
        |all| {
            flat(all, |parameter| match parameter {
                Parameter::RequestedHmacAlgorithms(ids) => Some(ids),
                _ => None,
            })
            .map(|id| id.0.into())
            .collect()
        },
    ),
    Row::many_bytes(
        "unrecognized",
        "the parameters that the sender did not understand, whole",
        |all| {
            each(all, |parameter| match parameter {
                Parameter::UnrecognizedParameter(bytes) => Some(bytes.clone()),
                _ => None,
            })
        },
    ),
    Row::many_bytes("random", "what goes into the keys", |all| {
        each(all, |parameter| match parameter {
            Parameter::Random(bytes) => Some(bytes.clone()),
            _ => None,
        })
    }),
    PARAMETERS,
];

/// The fields of parameters in ASCONF chunks.
pub(crate) const OF_ASCONF: &[Row<[Parameter]>] = &[
    Row::addresses("add-addresses", "the addresses to add", |all| {
        changes(all, |parameter| match parameter {
            Parameter::AddIpAddress(change) => Some(change),
            _ => None,
        })
    }),
    Row::addresses("delete-addresses", "the addresses to delete", |all| {
        changes(all, |parameter| match parameter {
            Parameter::DeleteIpAddress(change) => Some(change),
            _ => None,
        })
    }),
    Row::addresses(
        "set-primary-address",
        "the address to send to from now on",
        |all| {
            changes(all, |parameter| match parameter {
                Parameter::SetPrimaryAddress(change) => Some(change),
                _ => None,
            })
        },
    ),
    CORRELATION_IDS,
    PARAMETERS,
];

/// The fields of parameters in ASCONF-ACK chunks.
pub(crate) const OF_ASCONF_ACK: &[Row<[Parameter]>] = &[
    Row::codes(
        "cause",
        "why requests were not granted",
        Registry::Causes,
        |all| {
            let refused = all.iter().filter_map(|parameter| match parameter {
                Parameter::ErrorCauseIndication(error) => Some(&error.causes),
                _ => None,
            });
            refused.flat_map(|all| causes::codes(all)).collect()
        },
    ),
    CORRELATION_IDS,
    PARAMETERS,
];

/// The fields of parameters in RE-CONFIG chunks.
pub(crate) const OF_RE_CONFIG: &[Row<[Parameter]>] = &[
    Row::numbers("request-number", "the numbers of the requests", |all| {
        each(all, |parameter| {
            parameter.reconfiguration_request().map(Into::into)
        })
    }),
    Row::numbers(
        "response-number",
        "the numbers of the requests that are answered",
        |all| {
            each(all, |parameter| match parameter {
                Parameter::OutgoingSsnResetRequest(it) => Some(it.response.into()),
                Parameter::ReconfigurationResponse(it) => Some(it.response.into()),
                _ => None,
            })
        },
    ),
    Row::codes(
        "result",
        "what came of the requests",
        Registry::Results,
        |all| {
            each(all, |parameter| match parameter {
                Parameter::ReconfigurationResponse(it) => Some(it.result.0),
                _ => None,
            })
        },
    ),
    Row::numbers("streams", "the streams to reset; none means all", |all| {
        flat(all, |parameter| match parameter {
            Parameter::OutgoingSsnResetRequest(it) => Some(&it.streams),
            Parameter::IncomingSsnResetRequest(it) => Some(&it.streams),
            _ => None,
        })
        .map(|stream| stream.0.into())
        .collect()
    }),
    Row::numbers("new-streams", "how many streams to add", |all| {
        each(all, |parameter| match parameter {
            Parameter::AddOutgoingStreams(it) | Parameter::AddIncomingStreams(it) => {
                Some(it.count.into())
            }
            _ => None,
        })
    }),
    Row::numbers("last-tsn", "the sender's last assigned TSN", |all| {
        each(all, |parameter| match parameter {
            Parameter::OutgoingSsnResetRequest(it) => Some(it.last_tsn.0.into()),
            _ => None,
        })
    }),
    Row::numbers(
        "senders-next-tsn",
        "the TSN that who answers uses next",
        |all| next_tsns(all, |(sender, _)| sender),
    ),
    Row::numbers(
        "receivers-next-tsn",
        "the TSN that who answers expects next",
        |all| next_tsns(all, |(_, receiver)| receiver),
    ),
    PARAMETERS,
];

const CORRELATION_IDS: Row<[Parameter]> =
    Row::numbers("correlation-id", "what ties answers to requests", |all| {
        each(all, |parameter| match parameter {
            Parameter::AddIpAddress(it)
            | Parameter::DeleteIpAddress(it)
            | Parameter::SetPrimaryAddress(it) => Some(it.correlation_id.into()),
            Parameter::ErrorCauseIndication(it) => Some(it.correlation_id.into()),
            Parameter::SuccessIndication(it) => Some(it.correlation_id.into()),
            _ => None,
        })
    });

/// The state cookies among the parameters. Only an INIT ACK chunk has one.
pub(crate) fn cookies(all: &[Parameter]) -> Vec<Bytes> {
    each(all, |parameter| match parameter {
        Parameter::StateCookie(cookie) => Some(cookie.clone()),
        _ => None,
    })
}

fn next_tsns(all: &[Parameter], one: impl Fn((Tsn, Tsn)) -> Tsn) -> Vec<u64> {
    each(all, |parameter| match parameter {
        Parameter::ReconfigurationResponse(it) => Some(one(it.next_tsns?).0.into()),
        _ => None,
    })
}

fn each<V>(all: &[Parameter], value: impl Fn(&Parameter) -> Option<V>) -> Vec<V> {
    all.iter().filter_map(value).collect()
}

fn flat<'a, V: 'a>(
    all: &'a [Parameter],
    list: impl Fn(&Parameter) -> Option<&Vec<V>>,
) -> impl Iterator<Item = &'a V> {
    all.iter().filter_map(list).flatten()
}

fn changes(
    all: &[Parameter],
    change: impl Fn(&Parameter) -> Option<&AddressChange>,
) -> Vec<IpAddr> {
    let changes = all.iter().filter_map(change);
    changes.map(|change| change.address).collect()
}
