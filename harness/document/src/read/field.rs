//! Fields of a map with fixed keys: mandatory and optional ones, each with the place of
//! its value.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::diagnostic::{Span, Spanned};

/// A mandatory field. A field that is missing or wrong has no value, and its mistake is
/// noted.
pub struct Required<T>(Option<Spanned<T>>);

impl<T> Required<T> {
    /// The field with this value, if it could be read.
    pub fn new(value: Option<Spanned<T>>) -> Self {
        Self(value)
    }

    /// The value, if there is one.
    pub fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|spanned| &spanned.value)
    }

    /// The value and its place, if there is one.
    pub fn spanned(&self) -> Option<&Spanned<T>> {
        self.0.as_ref()
    }
}

/// An optional field.
#[derive(Default)]
pub enum Optional<T> {
    #[default]
    /// The field was left out.
    Absent,
    /// The field is wrong, which has been noted.
    Broken,
    /// The field was given with this value.
    Given(Spanned<T>),
}

impl<T> Optional<T> {
    /// The value, if it was given and read.
    pub fn get(&self) -> Option<&T> {
        self.spanned().map(|spanned| &spanned.value)
    }

    /// The value and its place, if it was given and read.
    pub fn spanned(&self) -> Option<&Spanned<T>> {
        match self {
            Optional::Given(spanned) => Some(spanned),
            Optional::Absent | Optional::Broken => None,
        }
    }

    /// The place of the value, if it was given and read.
    pub fn span(&self) -> Option<Span> {
        self.spanned().map(|spanned| spanned.span)
    }

    /// Whether the field was left out.
    pub fn is_absent(&self) -> bool {
        matches!(self, Optional::Absent)
    }

    /// The checked value: `Some(None)` if the field was left out, `None` if it is wrong
    /// or `check` rejects it.
    pub fn check<U>(&self, check: impl FnOnce(&Spanned<T>) -> Option<U>) -> Option<Option<U>> {
        match self {
            Optional::Absent => Some(None),
            Optional::Broken => None,
            Optional::Given(spanned) => check(spanned).map(Some),
        }
    }
}

macro_rules! transparent_schema {
    ($name:ident) => {
        impl<T: JsonSchema> JsonSchema for $name<T> {
            fn inline_schema() -> bool {
                T::inline_schema()
            }

            fn schema_name() -> Cow<'static, str> {
                T::schema_name()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                T::json_schema(generator)
            }
        }
    };
}

transparent_schema!(Spanned);
transparent_schema!(Required);
transparent_schema!(Optional);
