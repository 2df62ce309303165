//! The action `rewrite`: fields, bytes or addresses of packets are changed.

use rules::{Action, Rewriting};
use std::borrow::Cow;

use wire::ChunkType;
use wire::build::{Holds, Slot, Value};
use wire::edit::{How, Patch, Setting};

use super::RuleActionForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::read::{Choice, ChoiceOf, OneOrMany, Optional, all_of, record, suggestion};
use crate::value::{Address, NewValue, Settings, Small, Text};
use crate::yaml::shortened;

record! {
    /// Changes SCTP packets: fields and bytes of the first chunk that matches the rule,
    /// fields of the common header (`source-port`, `destination-port`,
    /// `verification-tag`), or the addresses of the IP header.
    struct RewriteForm = "{set: {outbound-streams: 1}, checksum: repair}" {
        optional {
            /// The fields and their new values. A field of a chunk must have a fixed
            /// offset.
            set: Settings,
            /// Bytes to change: of a field without a fixed length, of a parameter or
            /// error cause, or at any place.
            bytes: OneOrMany<PatchForm>,
            /// The source address of the IP header afterwards, of the same family; address
            /// lists in chunks stay as they are.
            source: Address,
            /// The destination address of the IP header afterwards, of the same family.
            destination: Address,
            /// The checksum afterwards: `repair` (the default) makes it correct for the
            /// changed packet; `keep` leaves it unchanged.
            checksum: ChoiceOf<Keeping>,
        }
    }
}

record! {
    /// Bytes to change. If the packet lacks a part of the place, it stays unchanged.
    struct PatchForm = "{of: cookie, at: 4, flip: 0xff}" {
        optional {
            /// The place in the first chunk that matches the rule: `payload`, `cookie`,
            /// `hmac`, `info`, or the value of its first parameter or error cause of a
            /// type: `state-cookie`, `random`, `0xc0cc`. If left out, the chunk itself;
            /// if the rule has no `chunk`, the packet.
            of: Text,
            /// Offset of the first byte in the place, from 0; 0 if left out.
            at: Small,
            /// The new bytes: `0x0a0b`, or a text.
            put: Text,
            /// Instead of `put`: bits to flip, so that the bytes change whatever they
            /// were.
            flip: Text,
        }
    }
}

/// The checksum of a changed packet.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Keeping {
    Repair,
    Keep,
}

impl Choice for Keeping {
    const WHAT: &'static str = "what becomes of the checksum";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![
            ("repair".into(), Keeping::Repair),
            ("keep".into(), Keeping::Keep),
        ]
    }
}

impl RuleActionForm for RewriteForm {
    fn check(&self, chunk: Option<ChunkType>, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let checksum = self.checksum.check(|checksum| Some(checksum.value.0));
        let addresses = [&self.source, &self.destination];
        let is_empty = self.set.is_absent()
            && self.bytes.is_absent()
            && addresses.iter().all(|address| address.is_absent());
        if is_empty {
            scope
                .problems
                .add(
                    scope.own_span,
                    "this rewrites nothing",
                    "no `set`, no `bytes`, no address",
                )
                .help(format!("write `rewrite: {}`", Self::EXAMPLE));
            return None;
        }
        // All mistakes at once.
        let settings = scope.optional(&self.set, |scope, set| {
            let settings = set.value.0.iter().map(|one| setting(chunk, one, scope));
            settings
                .collect::<Vec<_>>()
                .into_iter()
                .collect::<Option<_>>()
        });
        let patches = scope.optional(&self.bytes, |scope, bytes| {
            let items = bytes.value.0.items.iter();
            let patches = items.map(|one| patch(chunk, one, scope));
            let patches: Option<_> = patches.collect::<Vec<_>>().into_iter().collect();
            patches.filter(|_| !bytes.value.0.broken)
        });
        let [source, destination] =
            addresses.map(|address| address.check(|address| Some(address.value.0)));
        Some(Action::Rewrite(Rewriting {
            source: source?,
            destination: destination?,
            settings: settings?.unwrap_or_default(),
            patches: patches?.unwrap_or_default(),
            keep_checksum: checksum? == Some(Keeping::Keep),
        }))
    }
}

fn patch(
    chunk: Option<ChunkType>,
    form: &Spanned<PatchForm>,
    scope: &mut Scope<'_, '_>,
) -> Option<Patch> {
    let PatchForm {
        of, at, put, flip, ..
    } = &form.value;
    let at = at.check(|at| Some(at.value.0))?.unwrap_or(0);
    let (how, text) = match (put, flip) {
        (Optional::Broken, _) | (_, Optional::Broken) => return None,
        (Optional::Given(put), Optional::Absent) => (How::Put, put),
        (Optional::Absent, Optional::Given(flip)) => (How::Flip, flip),
        _ => {
            scope
                .problems
                .add(
                    form.span,
                    "what becomes of these bytes?",
                    "one of `put` and `flip`",
                )
                .help(format!("a complete one is `{}`", PatchForm::EXAMPLE));
            return None;
        }
    };
    let slot = Slot {
        name: "bytes",
        holds: Holds::Bytes,
    };
    let Some(Value::Bytes(bytes)) = slot.parse(&text.value.0).filter(|it| !is_empty(it)) else {
        scope
            .problems
            .add(text.span, "these are no bytes", "here")
            .help("write bytes in hexadecimal such as `0x0a0b`, or a text");
        return None;
    };
    let of = match of {
        Optional::Broken => return None,
        of => of.spanned(),
    };
    let name = of.map(|of| of.value.0.as_str());
    let patch = Patch::new(chunk, name, at.into(), how, bytes.to_vec());
    if patch.is_none()
        && let Some(of) = of
    {
        let places = chunk.map_or_else(Vec::new, Patch::places);
        let names = || places.iter().map(String::as_str);
        let help = match suggestion(&of.value.0, names(), scope.problems) {
            Some(likely) => format!("did you mean `{likely}`?"),
            None if chunk.is_none() => "say in the rule of which `chunk`".to_owned(),
            None if places.is_empty() => {
                "leave `of` out: `at` counts from the chunk then".to_owned()
            }
            None => format!("there are {}", all_of(names())),
        };
        let of_what = chunk.map_or("a packet".to_owned(), |kind| kind.to_string());
        let message = format!("{of_what} has no place `{}`", shortened(&of.value.0));
        scope
            .problems
            .add(of.span, message, "no such place")
            .help(help);
    }
    patch
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Bytes(bytes) if bytes.is_empty())
}

fn setting(
    chunk: Option<ChunkType>,
    wanted: &NewValue,
    scope: &mut Scope<'_, '_>,
) -> Option<Setting> {
    let NewValue { field, value } = wanted;
    let setting = Setting::new(chunk, &field.value, value.value.0);
    if setting.is_some() {
        return setting;
    }
    let places: Vec<_> = Setting::fields(chunk).collect();
    let known = places.iter().find(|(name, _)| *name == field.value);
    if let Some((name, greatest)) = known {
        scope
            .problems
            .add(
                value.span,
                format!("`{name}` has no room for {}", value.value.0),
                "too much",
            )
            .help(format!("it is at most {greatest}"));
        return None;
    }
    let names = || places.iter().map(|(name, _)| *name);
    let of_what = chunk.map_or("the common header".to_owned(), |kind| kind.to_string());
    let help = match suggestion(&field.value, names(), scope.problems) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None if chunk.is_none() => format!(
            "without a `chunk` in the rule what can be set is {}",
            all_of(names())
        ),
        None => format!("what can be set is {}", all_of(names())),
    };
    let message = format!("`{}` of {of_what} cannot be set", shortened(&field.value));
    scope
        .problems
        .add(field.span, message, "no such place")
        .help(help);
    None
}
