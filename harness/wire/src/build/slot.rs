//! Slots: the named places of an item that a description can fill.

use bytes::Bytes;

use super::{Change, Family, Hmac, Kind, Later, Value, form};
use crate::field::{Pattern, Registry};

/// A named place in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Name of the slot.
    pub name: &'static str,
    /// Kind of the slot's value.
    pub holds: Holds,
}

/// Kind of a slot's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A number up to this maximum.
    Number(u32),
    /// A number up to this maximum, some of which have names.
    Code(Registry, u32),
    /// A flag.
    Flag,
    /// Bytes.
    Bytes,
    /// The HMAC of an AUTH chunk: bytes, or `good` or `bad`.
    Hmac,
    /// An address.
    Address,
    /// Addresses.
    Addresses,
    /// Numbers up to this maximum.
    Numbers(u32),
    /// Numbers up to this maximum, some of which have names.
    Codes(Registry, u32),
    /// Any number of ranges of numbers.
    Ranges,
    /// Parameters or error causes.
    Items(Family),
}

/// Greatest number of bytes in `100 bytes`: no packet has more.
const MOST_BYTES: usize = 1 << 16;

impl Kind {
    /// All slots of an item of this kind.
    #[must_use]
    pub fn slots(self) -> Vec<Slot> {
        form::slots(self)
    }

    /// The slot with this name.
    #[must_use]
    pub fn slot(self, name: &str) -> Option<Slot> {
        self.slots().into_iter().find(|slot| slot.name == name)
    }

    /// The slot for a value that is given without a slot's name.
    #[must_use]
    pub fn main_slot(self) -> Option<Slot> {
        form::main_slot(self).and_then(|name| self.slot(name))
    }
}

impl Slot {
    /// Whether the slot takes several values.
    #[must_use]
    pub fn takes_many(&self) -> bool {
        matches!(
            self.holds,
            Holds::Addresses | Holds::Numbers(_) | Holds::Codes(..) | Holds::Ranges
        )
    }

    /// The value that `text` means in this slot: `7`, `0x2e`; `true`; an address; the
    /// name or number of a code; `good` or `bad` for an HMAC; `0x0a0b`, `100 bytes` or
    /// any other text for bytes; `2-3` for a range; a name such as `$cookie`, optionally
    /// followed by `+ 1`, `- 1`, `with 0xff at 8` or `first 8`. `None` where the text
    /// means no value.
    #[must_use]
    pub fn parse(&self, text: &str) -> Option<Value> {
        if let Some(later) = text.strip_prefix('$') {
            return Later::parse(later).map(Value::Later);
        }
        let number = |most: u32| number(text).filter(|it| *it <= u64::from(most));
        match self.holds {
            Holds::Number(most) | Holds::Numbers(most) => number(most).map(Value::Number),
            Holds::Code(registry, most) | Holds::Codes(registry, most) => {
                let code = registry.number_of(text).map(u64::from);
                let code = code.filter(|it| *it <= u64::from(most));
                code.or_else(|| number(most)).map(Value::Number)
            }
            Holds::Flag => {
                let set = text.parse::<bool>().ok()?;
                Some(Value::Number(set.into()))
            }
            Holds::Bytes => bytes(text).map(Value::Bytes),
            Holds::Hmac => match Hmac::named(text) {
                Some(hmac) => Some(Value::Hmac(hmac)),
                None => written(text).map(Value::Bytes),
            },
            Holds::Address | Holds::Addresses => text.parse().ok().map(Value::Address),
            Holds::Ranges => {
                let (first, last) = text.split_once('-')?;
                Some(Value::Range(first.parse().ok()?, last.parse().ok()?))
            }
            Holds::Items(_) => None,
        }
    }

    /// The accepted forms of a value, in words.
    #[must_use]
    pub fn expected(&self) -> String {
        match self.holds {
            Holds::Number(most) | Holds::Numbers(most) => {
                format!("a number up to {most}, or a name such as `$tsn + 1`")
            }
            Holds::Code(registry, _) | Holds::Codes(registry, _) => registry.expected().to_owned(),
            Holds::Flag => "`true` or `false`".to_owned(),
            Holds::Bytes => {
                "bytes in hexadecimal such as `0x0a0b`, a number of them such as `100 bytes`, \
                 or a name such as `$cookie`"
                    .to_owned()
            }
            Holds::Hmac => "`good`, `bad`, bytes in hexadecimal such as `0x0a0b`, a number of \
                            them such as `20 bytes`, or a name"
                .to_owned(),
            Holds::Address | Holds::Addresses => "an address such as `10.0.1.2`".to_owned(),
            Holds::Ranges => "two numbers such as `2-3`".to_owned(),
            Holds::Items(family) => format!("a list of {}s", family.one()),
        }
    }
}

impl Later {
    /// Parses a name and the change of its value, as they are written after the `$`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, rest) = match text.split_once(' ') {
            Some((name, rest)) => (name, Some(rest.trim())),
            None => (text, None),
        };
        let is_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        let good = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.chars().all(|letter| is_name(letter) || letter == '-');
        if !good {
            return None;
        }
        let change = match rest {
            None => None,
            Some(rest) => Some(Change::parse(rest)?),
        };
        Some(Self {
            name: name.to_owned(),
            change,
        })
    }
}

impl Change {
    fn parse(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(' ')?;
        let amount = || rest.trim().parse::<u32>().ok().map(i64::from);
        match word {
            "+" => amount().map(Self::Plus),
            "-" => amount().map(|less| Self::Plus(-less)),
            "first" => rest.parse().ok().map(Self::First),
            "with" => {
                let (new, at) = rest.split_once(" at ")?;
                Some(Self::Put {
                    at: at.trim().parse().ok()?,
                    bytes: hexadecimal(new)?,
                })
            }
            _ => None,
        }
    }
}

fn number(text: &str) -> Option<u64> {
    match crate::field::number_range(text)? {
        (least, most) if least == most => Some(least),
        _ => None,
    }
}

fn hexadecimal(text: &str) -> Option<Bytes> {
    match Pattern::parse(crate::field::FieldKind::Bytes, text)? {
        Pattern::Bytes(bytes) => Some(bytes.into()),
        _ => None,
    }
}

fn bytes(text: &str) -> Option<Bytes> {
    let is_text = text != "none" && !text.starts_with("0x") && count_of(text).is_none();
    match is_text {
        true => Some(Bytes::copy_from_slice(text.as_bytes())),
        false => written(text),
    }
}

/// Parses bytes that are written out or counted.
fn written(text: &str) -> Option<Bytes> {
    match count_of(text) {
        Some(count) => (count < MOST_BYTES).then(|| vec![0; count].into()),
        None if text == "none" => Some(Bytes::new()),
        None => hexadecimal(text),
    }
}

fn count_of(text: &str) -> Option<usize> {
    text.strip_suffix(" bytes")?.parse().ok()
}
