//! The form of a PR-SCTP policy: `ttl`, `rtx` or `prio`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::Setting;
use crate::diagnostic::Problems;
use crate::model::Reliability;
use crate::read::{Read, record};
use crate::value::{Time, Wide};
use crate::yaml::Node;

record! {
    /// When a message is abandoned (RFC 3758, RFC 7496): one of three policies.
    struct ReliabilityFields = "{ttl: 500ms}" {
        optional {
            /// After this time.
            ttl: Time,
            /// After this number of retransmissions.
            rtx: Wide,
            /// When the send buffer is full and a message with a smaller number is to be
            /// sent.
            prio: Wide,
        }
    }
}

/// The form of a PR-SCTP policy.
pub(crate) struct ReliabilityForm(Reliability);

impl Read for ReliabilityForm {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let fields = ReliabilityFields::read(node, problems)?;
        let given = [
            !fields.ttl.is_absent(),
            !fields.rtx.is_absent(),
            !fields.prio.is_absent(),
        ];
        if given.into_iter().filter(|given| *given).count() != 1 {
            problems
                .add(node.span, "a message is given up for one reason", "not one")
                .help("write one of `ttl`, `rtx` and `prio`, such as `{ttl: 500ms}`");
            return None;
        }
        let ttl = fields.ttl.get().map(|ttl| Reliability::Ttl(ttl.0));
        let rtx = fields.rtx.get().map(|rtx| Reliability::Rtx(rtx.0));
        let prio = fields.prio.get().map(|prio| Reliability::Prio(prio.0));
        ttl.or(rtx).or(prio).map(Self)
    }
}

impl JsonSchema for ReliabilityForm {
    fn schema_name() -> Cow<'static, str> {
        ReliabilityFields::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        ReliabilityFields::json_schema(generator)
    }
}

impl Setting for ReliabilityForm {
    type Value = Reliability;

    fn setting(&self) -> Option<Reliability> {
        Some(self.0)
    }
}
