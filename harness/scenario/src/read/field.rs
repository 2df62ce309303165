use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::diagnostic::{Span, Spanned};

/// A field that must be there. Where it is missing or wrong, that has been
/// noted, and there is no value.
pub(crate) struct Required<T>(Option<Spanned<T>>);

impl<T> Required<T> {
    pub(crate) fn new(value: Option<Spanned<T>>) -> Self {
        Self(value)
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|spanned| &spanned.value)
    }

    pub(crate) fn spanned(&self) -> Option<&Spanned<T>> {
        self.0.as_ref()
    }
}

/// A field that may be left out.
#[derive(Default)]
pub(crate) enum Optional<T> {
    #[default]
    Absent,
    /// It is there, but wrong, which has been noted.
    Broken,
    Given(Spanned<T>),
}

impl<T> Optional<T> {
    pub(crate) fn get(&self) -> Option<&T> {
        self.spanned().map(|spanned| &spanned.value)
    }

    pub(crate) fn spanned(&self) -> Option<&Spanned<T>> {
        match self {
            Optional::Given(spanned) => Some(spanned),
            Optional::Absent | Optional::Broken => None,
        }
    }

    pub(crate) fn span(&self) -> Option<Span> {
        self.spanned().map(|spanned| spanned.span)
    }

    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Optional::Absent)
    }

    /// The checked value: `Some(None)` where the field was left out, `None`
    /// where it is wrong or `check` finds it wrong.
    pub(crate) fn check<U>(
        &self,
        check: impl FnOnce(&Spanned<T>) -> Option<U>,
    ) -> Option<Option<U>> {
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
