//! The forms of socket options whose values are maps.

use super::Setting;
use crate::model::{AddStreams, AuthKey, Init, ResetDirection, ResetStreams, RtoInfo, StreamValue};
use crate::read::{ChoiceOf, OneOrMany, Optional, record};
use crate::timers::RtoForm;
use crate::value::{Small, Text, Time};

record! {
    /// The parameters of INIT when a message sets the association up (`SCTP_INIT`, RFC
    /// 6458 section 5.3.1).
    struct InitForm = "{out: 6, in: 5}" {
        optional {
            /// Number of outbound streams to ask for.
            out: Small,
            /// Greatest number of inbound streams to accept.
            r#in: Small,
            /// Max.Init.Retransmits: the greatest number of retransmissions of an INIT.
            max_attempts: Small,
            /// The longest time between two INITs.
            max_timeout: Time,
        }
    }
}

record! {
    /// A shared key.
    struct AuthKeyForm = "{number: 1, key: secret}" {
        required {
            /// Number of the key in AUTH chunks.
            number: Small,
            /// The secret, as text.
            key: Text,
        }
    }
}

record! {
    /// Streams to reset.
    struct ResetStreamsForm = "{direction: outgoing, streams: [3]}" {
        required {
            /// `outgoing`: the endpoint's own outgoing streams; `incoming`: the peer is
            /// asked to reset its outgoing streams.
            direction: ChoiceOf<ResetDirection>,
        }
        optional {
            /// The streams; all of them if left out.
            streams: OneOrMany<Small>,
        }
    }
}

record! {
    /// Streams to add.
    struct AddStreamsForm = "{out: 5}" {
        optional {
            /// Number of outbound streams to add; `0` if left out.
            out: Small,
            /// Number of inbound streams to add; `0` if left out.
            r#in: Small,
        }
    }
}

record! {
    /// The value of a stream for the scheduler.
    struct StreamValueForm = "{stream: 3, value: 1}" {
        required {
            /// The stream.
            stream: Small,
            /// Priority of the stream, where the smallest is sent first, or weight.
            value: Small,
        }
    }
}

impl Setting for InitForm {
    type Value = Init;

    fn setting(&self) -> Option<Init> {
        Some(Init {
            outbound_streams: small(&self.out),
            inbound_streams: small(&self.r#in),
            max_attempts: small(&self.max_attempts),
            max_timeout: self.max_timeout.get().map(|time| time.0),
        })
    }
}

impl Setting for AuthKeyForm {
    type Value = AuthKey;

    fn setting(&self) -> Option<AuthKey> {
        Some(AuthKey {
            number: self.number.get()?.0,
            key: self.key.get()?.0.clone(),
        })
    }
}

impl Setting for ResetStreamsForm {
    type Value = ResetStreams;

    fn setting(&self) -> Option<ResetStreams> {
        let streams = self.streams.check(|streams| streams.value.setting())?;
        Some(ResetStreams {
            direction: self.direction.get()?.0,
            streams: streams.unwrap_or_default(),
        })
    }
}

impl Setting for AddStreamsForm {
    type Value = AddStreams;

    fn setting(&self) -> Option<AddStreams> {
        Some(AddStreams {
            outbound: small(&self.out).unwrap_or(0),
            inbound: small(&self.r#in).unwrap_or(0),
        })
    }
}

impl Setting for RtoForm {
    type Value = RtoInfo;

    fn setting(&self) -> Option<RtoInfo> {
        let time = |form: &Optional<Time>| form.get().map(|time| time.0);
        Some(RtoInfo {
            initial: time(&self.initial),
            min: time(&self.min),
            max: time(&self.max),
        })
    }
}

impl Setting for StreamValueForm {
    type Value = StreamValue;

    fn setting(&self) -> Option<StreamValue> {
        Some(StreamValue {
            stream: self.stream.get()?.0,
            value: self.value.get()?.0,
        })
    }
}

fn small(form: &Optional<Small>) -> Option<u16> {
    form.get().map(|number| number.0)
}
