//! Descriptions of chunks, parameters and error causes.

use std::fmt;
use std::net::IpAddr;

use bytes::Bytes;

use super::Kind;

/// A description of a chunk, parameter or error cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Kind of the item.
    pub kind: Kind,
    /// Values of its slots, by name. The builder fills the slots that are not named.
    pub slots: Vec<(&'static str, Value)>,
}

/// Value of a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, in host byte order; a flag is 0 or 1.
    Number(u64),
    /// Bytes.
    Bytes(Bytes),
    /// An address.
    Address(IpAddr),
    /// A range of numbers, both ends included.
    Range(u16, u16),
    /// Several values.
    List(Vec<Value>),
    /// Parameters or error causes.
    Items(Vec<Item>),
    /// A value that is known only when the packet is built.
    Later(Later),
    /// The HMAC of an AUTH chunk, which covers the packet that is built. Until it is
    /// computed, zeros stand in its place, as many as its algorithm has (RFC 4895,
    /// section 6.2).
    Hmac(Hmac),
}

/// Whether an AUTH chunk has a correct HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hmac {
    /// The correct HMAC.
    Good,
    /// The correct HMAC with one bit flipped.
    Bad,
}

impl Hmac {
    /// All variants with their words.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Good, "good"), (Self::Bad, "bad")];

    /// The variant with this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(it, known)| (known == word).then_some(it))
    }
}

/// A value that is referred to by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    /// Name of the value.
    pub name: String,
    /// Change of the value before it is used.
    pub change: Option<Change>,
}

/// Change of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Adds this to a number, which wraps around at 32 bits (RFC 9260, section 1.6).
    Plus(i64),
    /// Overwrites the bytes at this offset.
    Put {
        /// Offset from 0.
        at: usize,
        /// The new bytes.
        bytes: Bytes,
    },
    /// Keeps only this many bytes from the beginning.
    First(usize),
}

impl Item {
    /// An item without values.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        let slots = Vec::new();
        Self { kind, slots }
    }

    /// The same item with this value in a slot.
    #[must_use]
    pub fn with(mut self, slot: &'static str, value: Value) -> Self {
        self.slots.push((slot, value));
        self
    }

    /// The value of a slot, if it has one.
    #[must_use]
    pub fn get(&self, slot: &str) -> Option<&Value> {
        let mut slots = self.slots.iter().rev();
        slots.find(|(name, _)| *name == slot).map(|(_, it)| it)
    }

    /// The same item with every name replaced by its value.
    ///
    /// # Errors
    ///
    /// The name that is unknown, or whose value cannot be changed in this way.
    pub fn resolved(&self, known: &dyn Fn(&str) -> Option<Value>) -> Result<Self, Unknown> {
        let slots = self.slots.iter();
        let slots = slots.map(|(slot, value)| Ok((*slot, value.resolved(known)?)));
        Ok(Self {
            kind: self.kind,
            slots: slots.collect::<Result<_, _>>()?,
        })
    }

    /// Calls `show` for each name in the item.
    pub fn each_name(&self, show: &mut dyn FnMut(&Later)) {
        for (_, value) in &self.slots {
            value.each_name(show);
        }
    }
}

/// A name without a value of the needed kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`${name}` {problem}")]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// The reason why it has no usable value.
    pub problem: &'static str,
}

impl Value {
    /// The same value with every name replaced by its value.
    ///
    /// # Errors
    /// As [`Item::resolved`].
    pub fn resolved(&self, known: &dyn Fn(&str) -> Option<Value>) -> Result<Self, Unknown> {
        Ok(match self {
            Self::List(values) => {
                let values = values.iter().map(|value| value.resolved(known));
                Self::List(values.collect::<Result<_, _>>()?)
            }
            Self::Items(items) => {
                let items = items.iter().map(|item| item.resolved(known));
                Self::Items(items.collect::<Result<_, _>>()?)
            }
            Self::Later(later) => later.resolved(known)?,
            Self::Number(_)
            | Self::Bytes(_)
            | Self::Address(_)
            | Self::Range(..)
            | Self::Hmac(_) => self.clone(),
        })
    }

    fn each_name(&self, show: &mut dyn FnMut(&Later)) {
        match self {
            Self::List(values) => values.iter().for_each(|value| value.each_name(show)),
            Self::Items(items) => items.iter().for_each(|item| item.each_name(show)),
            Self::Later(later) => show(later),
            Self::Number(_)
            | Self::Bytes(_)
            | Self::Address(_)
            | Self::Range(..)
            | Self::Hmac(_) => {}
        }
    }
}

impl Later {
    fn resolved(&self, known: &dyn Fn(&str) -> Option<Value>) -> Result<Value, Unknown> {
        let wrong = |problem| Unknown {
            name: self.name.clone(),
            problem,
        };
        let value = known(&self.name).ok_or_else(|| wrong("is not known yet"))?;
        let Some(change) = &self.change else {
            return Ok(value);
        };
        match (change, value) {
            (Change::Plus(more), Value::Number(number)) => {
                let sum = i128::from(number) + i128::from(*more);
                let modulus = i128::from(u32::MAX) + 1;
                let wrapped = u64::try_from(sum.rem_euclid(modulus)).unwrap_or_default();
                Ok(Value::Number(wrapped))
            }
            (Change::Put { at, bytes }, Value::Bytes(old)) => {
                let mut new = old.to_vec();
                let place = new.get_mut(*at..at.saturating_add(bytes.len()));
                place
                    .ok_or_else(|| wrong("has fewer bytes"))?
                    .copy_from_slice(bytes);
                Ok(Value::Bytes(new.into()))
            }
            (Change::First(count), Value::Bytes(old)) if *count <= old.len() => {
                Ok(Value::Bytes(old.slice(..*count)))
            }
            (Change::First(_), Value::Bytes(_)) => Err(wrong("has fewer bytes")),
            (Change::Plus(_), _) => Err(wrong("is no number")),
            (Change::Put { .. } | Change::First(_), _) => Err(wrong("is not bytes")),
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        for (slot, value) in &self.slots {
            write!(f, " {slot}={value}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Bytes(bytes) if bytes.len() > 16 => write!(f, "{} bytes", bytes.len()),
            Self::Bytes(bytes) => hex(bytes, f),
            Self::Address(address) => address.fmt(f),
            Self::Range(first, last) => write!(f, "{first}-{last}"),
            Self::List(values) => crate::tlv::show_list(values, f),
            Self::Items(items) => crate::tlv::show_list(items, f),
            Self::Later(later) => later.fmt(f),
            Self::Hmac(hmac) => hmac.fmt(f),
        }
    }
}

impl fmt::Display for Hmac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::ALL.iter().find(|(it, _)| it == self);
        f.write_str(word.map_or("", |(_, word)| word))
    }
}

impl fmt::Display for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.name)?;
        match &self.change {
            None => Ok(()),
            Some(Change::Plus(less @ ..0)) => write!(f, " - {}", less.unsigned_abs()),
            Some(Change::Plus(more)) => write!(f, " + {more}"),
            Some(Change::Put { at, bytes }) => {
                f.write_str(" with ")?;
                hex(bytes, f)?;
                write!(f, " at {at}")
            }
            Some(Change::First(count)) => write!(f, " first {count}"),
        }
    }
}

/// Prints bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("0x")?;
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}
