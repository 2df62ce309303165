//! The fields of the error causes that a chunk carries.

use std::net::IpAddr;

use bytes::Bytes;

use super::{Registry, Row};
use crate::Cause;

/// The fields of causes in ABORT and ERROR chunks.
pub(crate) const OF_CAUSES: &[Row<[Cause]>] = &[
    Row::codes("cause", "the error causes", Registry::Causes, codes),
    Row::numbers(
        "staleness",
        "how late a stale cookie came, in microseconds",
        |causes| {
            each(causes, |cause| match cause {
                Cause::StaleCookie(stale) => Some(stale.staleness_us.into()),
                _ => None,
            })
        },
    ),
    Row::numbers("invalid-stream", "the stream that is not there", |causes| {
        each(causes, |cause| match cause {
            Cause::InvalidStreamIdentifier(stream) => Some(stream.0.into()),
            _ => None,
        })
    }),
    Row::numbers(
        "no-user-data-tsn",
        "the TSN of DATA without user data",
        |causes| {
            each(causes, |cause| match cause {
                Cause::NoUserData(tsn) => Some(tsn.0.into()),
                _ => None,
            })
        },
    ),
    Row::codes(
        "missing-parameters",
        "mandatory parameters left out",
        Registry::Parameters,
        |causes| {
            let missing = causes.iter().filter_map(|cause| match cause {
                Cause::MissingMandatoryParameter(missing) => Some(&missing.0),
                _ => None,
            });
            missing.flatten().map(|kind| kind.0.into()).collect()
        },
    ),
    Row::codes(
        "unsupported-hmac",
        "the unknown way to authenticate",
        Registry::Hmacs,
        |causes| {
            each(causes, |cause| match cause {
                Cause::UnsupportedHmacIdentifier(id) => Some(id.0.into()),
                _ => None,
            })
        },
    ),
    Row::addresses(
        "new-addresses",
        "addresses that a restart brought",
        new_addresses,
    ),
    Row::many_bytes("cause-information", "what is added to a cause", information),
];

/// The codes of the causes.
pub(super) fn codes(causes: &[Cause]) -> Vec<u32> {
    each(causes, |cause| Some(cause.kind().0.into()))
}

fn each<V>(causes: &[Cause], value: impl Fn(&Cause) -> Option<V>) -> Vec<V> {
    causes.iter().filter_map(value).collect()
}

fn new_addresses(causes: &[Cause]) -> Vec<IpAddr> {
    let new = causes.iter().filter_map(|cause| match cause {
        Cause::RestartWithNewAddresses(new) => Some(&new.0),
        _ => None,
    });
    new.flatten().copied().collect()
}

fn information(causes: &[Cause]) -> Vec<Bytes> {
    each(causes, |cause| match cause {
        Cause::UnresolvableAddress(bytes)
        | Cause::UnrecognizedChunkType(bytes)
        | Cause::UnrecognizedParameters(bytes)
        | Cause::UserInitiatedAbort(bytes)
        | Cause::ProtocolViolation(bytes)
        | Cause::DeleteLastAddress(bytes)
        | Cause::ResourceShortage(bytes)
        | Cause::DeleteSourceAddress(bytes)
        | Cause::IllegalAsconfAck(bytes)
        | Cause::NoAuthorization(bytes)
        | Cause::Unknown { value: bytes, .. } => Some(bytes.clone()),
        _ => None,
    })
}
