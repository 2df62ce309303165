//! Maps with fixed keys: the macro `record!` declares their reader, their JSON Schema and
//! their documentation at once.

use super::{Optional, Read, Required, one_of, suggestion};
use crate::diagnostic::{Problems, Span, Spanned};
use crate::yaml::{Node, Value, shortened};

/// The entries of a map with fixed keys, which are taken out one by one.
pub struct Entries<'n> {
    span: Span,
    entries: Vec<(&'static str, &'n Node)>,
}

impl<'n> Entries<'n> {
    /// The entries of `node`. Unknown keys are noted. A misspelt key counts as the
    /// similar known key, so that its value is checked, and the known key is not reported
    /// as missing.
    pub fn of(
        node: &'n Node,
        known: &[&'static str],
        example: &str,
        problems: &mut Problems<'_>,
    ) -> Option<Self> {
        let Value::Map(given) = &node.value else {
            let message = format!("expected a map such as `{example}`, found {}", node.found());
            problems.add(node.span, message, "not a map");
            return None;
        };
        let is_given = |name: &str| given.iter().any(|(key, _)| key.value == name);
        let mut entries = Vec::new();
        for (key, value) in given {
            if let Some(name) = known.iter().find(|name| **name == key.value) {
                entries.push((*name, value));
                continue;
            }
            let free = known.iter().copied().filter(|name| !is_given(name));
            let likely = suggestion(&key.value, free, problems);
            let help = match likely {
                Some(likely) => format!("did you mean `{likely}`?"),
                None => format!("possible keys are {}", one_of(known.iter().copied())),
            };
            let message = format!("unknown key `{}`", shortened(&key.value));
            problems.add(key.span, message, "not known here").help(help);
            if let Some(name) = known.iter().find(|name| Some(**name) == likely) {
                entries.push((*name, value));
            }
        }
        let span = node.span;
        Some(Self { span, entries })
    }

    /// The entry of this key, which is mandatory.
    pub fn required<T: Read>(
        &self,
        key: &'static str,
        example: &str,
        problems: &mut Problems<'_>,
    ) -> Required<T> {
        match self.optional(key, problems) {
            Optional::Given(spanned) => Required::new(Some(spanned)),
            Optional::Broken => Required::new(None),
            Optional::Absent => {
                problems
                    .add(self.span, format!("`{key}` is missing"), "in here")
                    .help(format!("a complete one is `{example}`"));
                Required::new(None)
            }
        }
    }

    /// The entry of this key, if there is one.
    pub fn optional<T: Read>(&self, key: &'static str, problems: &mut Problems<'_>) -> Optional<T> {
        let Some((_, node)) = self.entries.iter().find(|(name, _)| *name == key) else {
            return Optional::Absent;
        };
        match T::read(node, problems) {
            Some(value) => Optional::Given(Spanned {
                value,
                span: node.span,
            }),
            None => Optional::Broken,
        }
    }
}

/// Declares a map with fixed keys: one source for its reader, its JSON Schema
/// and its documentation.
///
/// A field's key is its name with dashes for underscores; its doc comment is
/// what an editor shows.
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])*
        struct $name:ident = $example:literal {
            $(required { $($(#[$required_meta:meta])* $required:ident: $required_type:ty,)* })?
            $(optional { $($(#[$optional_meta:meta])* $optional:ident: $optional_type:ty,)* })?
        }
    ) => {
        $(#[$meta])*
        #[derive(schemars::JsonSchema)]
        #[schemars(rename_all = "kebab-case", deny_unknown_fields)]
        #[schemars(extend("x-example" = $example))]
        pub(crate) struct $name {
            $($($(#[$required_meta])*
            pub(crate) $required: $crate::read::Required<$required_type>,)*)?
            $($($(#[$optional_meta])*
            #[schemars(default)]
            pub(crate) $optional: $crate::read::Optional<$optional_type>,)*)?
        }

        impl $name {
            pub(crate) const EXAMPLE: &'static str = $example;
            const KEYS: &'static [&'static str] = &[
                $($($crate::read::key!($required),)*)?
                $($($crate::read::key!($optional),)*)?
            ];
        }

        impl $crate::read::Read for $name {
            fn read(
                node: &$crate::yaml::Node,
                problems: &mut $crate::diagnostic::Problems<'_>,
            ) -> Option<Self> {
                let entries =
                    $crate::read::Entries::of(node, Self::KEYS, Self::EXAMPLE, problems)?;
                Some(Self {
                    $($($required: entries.required(
                        $crate::read::key!($required), Self::EXAMPLE, problems),)*)?
                    $($($optional: entries.optional(
                        $crate::read::key!($optional), problems),)*)?
                })
            }
        }
    };
}
pub use crate::record;

/// The key of a field: `at_least` is written `at-least`, `r#as` is `as`.
#[macro_export]
macro_rules! key {
    ($field:ident) => {{
        const FIELD: &str = stringify!($field);
        const BYTES: [u8; $crate::read::key_length(FIELD)] = $crate::read::key_bytes(FIELD);
        const KEY: &str = match std::str::from_utf8(&BYTES) {
            Ok(key) => key,
            Err(_) => FIELD,
        };
        KEY
    }};
}
pub use crate::key;

const RAW: &str = "r#";

const fn is_raw(field: &str) -> bool {
    let bytes = field.as_bytes();
    bytes.len() > RAW.len() && bytes[0] == b'r' && bytes[1] == b'#'
}

/// Length of a field's key in bytes.
pub const fn key_length(field: &str) -> usize {
    if is_raw(field) {
        field.len() - RAW.len()
    } else {
        field.len()
    }
}

/// The key of a field.
pub const fn key_bytes<const N: usize>(field: &str) -> [u8; N] {
    let bytes = field.as_bytes();
    let skipped = bytes.len() - N;
    let mut key = [0; N];
    let mut at = 0;
    while at < N {
        key[at] = match bytes[skipped + at] {
            b'_' => b'-',
            byte => byte,
        };
        at += 1;
    }
    key
}
