//! Tests of a field's value.

use std::fmt;
use std::net::IpAddr;

use super::{Field, FieldKind, FieldSpec, FieldValue, Registry};
use crate::payload::{self, Part};
use crate::{Chunk, Ppid, kebab};

/// A test of one field of a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldTest {
    field: &'static str,
    wanted: Wanted,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    Member(Pattern),
    Exactly(Vec<Pattern>),
}

/// A test of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The flag has this value.
    Flag(bool),
    /// The number is in this range, both ends included.
    Number(u64, u64),
    /// The code is this one.
    Code(Registry, u32),
    /// The procedure has this name, in lower case with dashes.
    Procedure(String),
    /// The message has this role in an exchange.
    Part(Part),
    /// The address is this one.
    Address(IpAddr),
    /// The bytes are these.
    Bytes(Vec<u8>),
    /// The range is this one.
    Range(u16, u16),
}

impl FieldTest {
    /// A test that one of the field's values is the one that `text` means. `None` where
    /// the text means no value of the field.
    #[must_use]
    pub fn member(field: FieldSpec, text: &str) -> Option<Self> {
        Some(Self {
            field: field.name,
            wanted: Wanted::Member(field.pattern(text)?),
        })
    }

    /// A test that the field's values are exactly those that the texts mean, in any
    /// order. `None` where one of the texts means no value of the field.
    #[must_use]
    pub fn exactly<'t>(field: FieldSpec, texts: impl IntoIterator<Item = &'t str>) -> Option<Self> {
        let patterns = texts.into_iter().map(|text| field.pattern(text));
        Some(Self {
            field: field.name,
            wanted: Wanted::Exactly(patterns.collect::<Option<_>>()?),
        })
    }

    /// Name of the field.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// Whether the chunk has the field, and its values pass the test.
    #[must_use]
    pub fn matches(&self, chunk: &Chunk) -> bool {
        chunk
            .field(self.field)
            .is_some_and(|field| self.holds(&field))
    }

    fn holds(&self, Field { values, .. }: &Field) -> bool {
        match &self.wanted {
            Wanted::Member(pattern) => values.iter().any(|value| pattern.is(value)),
            Wanted::Exactly(patterns) => {
                let mut left: Vec<&FieldValue> = values.iter().collect();
                let each = patterns.iter().all(|pattern| {
                    let found = left.iter().position(|value| pattern.is(value));
                    found.map(|at| left.remove(at)).is_some()
                });
                each && left.is_empty()
            }
        }
    }
}

impl Pattern {
    pub(crate) fn parse(kind: FieldKind, text: &str) -> Option<Self> {
        match kind {
            FieldKind::Flag => text.parse().ok().map(Self::Flag),
            FieldKind::Number => {
                let (least, most) = number_range(text)?;
                Some(Self::Number(least, most))
            }
            FieldKind::Code(registry) => Some(Self::Code(registry, registry.number_of(text)?)),
            FieldKind::Ppid => match Ppid::named(text) {
                Some(Ppid(number)) => Some(Self::Number(number.into(), number.into())),
                None => Self::parse(FieldKind::Number, text),
            },
            FieldKind::Procedure => payload::procedure(text).map(Self::Procedure),
            FieldKind::Part => {
                let known = Part::ALL.iter().find(|(_, name)| *name == text);
                known.map(|(part, _)| Self::Part(*part))
            }
            FieldKind::Address => text.parse().ok().map(Self::Address),
            FieldKind::Bytes => bytes(text.strip_prefix("0x")?).map(Self::Bytes),
            FieldKind::Range => {
                let (first, last) = text.split_once('-')?;
                Some(Self::Range(first.parse().ok()?, last.parse().ok()?))
            }
        }
    }

    /// Whether a value passes the test.
    #[must_use]
    pub fn is(&self, value: &FieldValue) -> bool {
        match (self, value) {
            (Self::Flag(wanted), FieldValue::Flag(flag)) => wanted == flag,
            (Self::Number(least, most), FieldValue::Number(number)) => {
                (least..=most).contains(&number)
            }
            (Self::Number(least, most), FieldValue::Tag(tag)) => {
                (*least..=*most).contains(&tag.0.into())
            }
            (Self::Code(_, wanted), FieldValue::Code(_, code)) => wanted == code,
            (Self::Procedure(wanted), FieldValue::Procedure(name)) => *wanted == kebab(name),
            (Self::Part(wanted), FieldValue::Part(part)) => wanted == part,
            (Self::Address(wanted), FieldValue::Address(address)) => wanted == address,
            (Self::Bytes(wanted), FieldValue::Bytes(bytes)) => wanted == bytes,
            (Self::Range(first, last), FieldValue::Range(from, to)) => (first, last) == (from, to),
            _ => false,
        }
    }
}

/// The least and the greatest number that a text allows: `7`, `0x2e`, `1..5`, `1..`,
/// `..5`. `None` where the text has none of these forms.
#[must_use]
pub fn number_range(text: &str) -> Option<(u64, u64)> {
    let Some((least, most)) = text.split_once("..") else {
        let number = number(text)?;
        return Some((number, number));
    };
    let bound = |text: &str, open| {
        if text.is_empty() {
            Some(open)
        } else {
            number(text)
        }
    };
    let (least, most) = (bound(least, 0)?, bound(most, u64::MAX)?);
    (least <= most && text != "..").then_some((least, most))
}

fn number(text: &str) -> Option<u64> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    // The number parser would accept a sign.
    let unsigned = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(digits, radix).ok().filter(|_| unsigned)
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    if !digits.len().is_multiple_of(2) || !digits.is_ascii() {
        return None;
    }
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect()
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => flag.fmt(f),
            Self::Number(least, most) if least == most => least.fmt(f),
            Self::Number(least, u64::MAX) => write!(f, "{least}.."),
            Self::Number(0, most) => write!(f, "..{most}"),
            Self::Number(least, most) => write!(f, "{least}..{most}"),
            Self::Code(registry, code) => FieldValue::Code(*registry, *code).fmt(f),
            Self::Procedure(name) => f.write_str(name),
            Self::Part(part) => f.write_str(part.name()),
            Self::Address(address) => address.fmt(f),
            Self::Bytes(bytes) => FieldValue::Bytes(bytes.clone().into()).fmt(f),
            Self::Range(first, last) => write!(f, "{first}-{last}"),
        }
    }
}

impl fmt::Display for FieldTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.field)?;
        match &self.wanted {
            Wanted::Member(pattern) => pattern.fmt(f),
            Wanted::Exactly(patterns) => crate::tlv::show_list(patterns, f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::{Abort, Sack};
    use crate::{Cause, ChunkType, Tsn};

    #[track_caller]
    fn test(kind: ChunkType, field: &str, text: &str) -> FieldTest {
        FieldTest::member(kind.field(field).unwrap(), text).unwrap()
    }

    fn sack(duplicates: &[u32]) -> Chunk {
        Chunk::Sack(Sack {
            cumulative_tsn_ack: Tsn(12),
            a_rwnd: 1500,
            gap_ack_blocks: vec![],
            duplicate_tsns: duplicates.iter().copied().map(Tsn).collect(),
        })
    }

    #[test]
    fn numbers_are_single_or_a_range() {
        for (text, fits) in [
            ("1500", true),
            ("0x5dc", true),
            ("1000..", true),
            ("..1500", true),
            ("1501..2000", false),
        ] {
            assert_eq!(
                test(ChunkType::Sack, "a-rwnd", text).matches(&sack(&[])),
                fits,
                "{text}"
            );
        }
        let window = ChunkType::Sack.field("a-rwnd").unwrap();
        for text in ["", "..", "5..1", "+5", "-1", "0x+5", "many"] {
            assert_eq!(FieldTest::member(window, text), None, "{text}");
        }
    }

    #[test]
    fn a_list_is_tested_for_one_member_or_for_all() {
        let duplicates = ChunkType::Sack.field("duplicate-tsns").unwrap();
        let chunk = sack(&[10, 11]);
        assert!(FieldTest::member(duplicates, "11").unwrap().matches(&chunk));
        assert!(!FieldTest::member(duplicates, "12").unwrap().matches(&chunk));
        assert!(
            FieldTest::exactly(duplicates, ["11", "10"])
                .unwrap()
                .matches(&chunk)
        );
        assert!(
            !FieldTest::exactly(duplicates, ["11", "11"])
                .unwrap()
                .matches(&chunk)
        );
        assert!(
            !FieldTest::exactly(duplicates, ["11"])
                .unwrap()
                .matches(&chunk)
        );
        assert!(
            FieldTest::exactly(duplicates, [])
                .unwrap()
                .matches(&sack(&[]))
        );
    }

    #[test]
    fn a_cause_goes_by_its_name_or_number() {
        let chunk = Chunk::Abort(Abort {
            tag_reflected: false,
            causes: vec![Cause::UserInitiatedAbort("bye".into())],
        });
        for text in ["12", "user-initiated-abort", "User-Initiated Abort"] {
            assert!(
                test(ChunkType::Abort, "cause", text).matches(&chunk),
                "{text}"
            );
        }
        assert!(!test(ChunkType::Abort, "cause", "stale-cookie").matches(&chunk));
        assert!(test(ChunkType::Abort, "cause-information", "0x627965").matches(&chunk));
        assert!(!test(ChunkType::Sack, "a-rwnd", "12").matches(&chunk));
        let cause = ChunkType::Abort.field("cause").unwrap();
        assert_eq!(FieldTest::member(cause, "no-such-cause"), None);
    }

    #[test]
    fn a_test_is_shown_as_it_is_written() {
        assert_eq!(
            test(ChunkType::Abort, "cause", "3").to_string(),
            "cause=stale-cookie"
        );
        assert_eq!(
            test(ChunkType::Sack, "a-rwnd", "..0x10").to_string(),
            "a-rwnd=..16"
        );
        assert_eq!(
            test(ChunkType::Sack, "gap-ack-blocks", "2-3").to_string(),
            "gap-ack-blocks=2-3"
        );
    }
}
