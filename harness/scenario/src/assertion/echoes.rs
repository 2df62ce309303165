//! The assertion `echoes`: chunks return the value of a field in earlier chunks.

use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, Window};
use crate::check::{Scope, check_field};
use crate::diagnostic::Spanned;
use crate::value::{ChunkType, Text};

/// Chunks of one type return the value of a field in earlier chunks of another type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Echoes {
    /// Type of the chunks that return the value.
    pub chunk: wire::ChunkType,
    /// Field of these chunks, or [`VERIFICATION_TAG`](Self::VERIFICATION_TAG).
    pub field: String,
    /// Type of the earlier chunks.
    pub of: wire::ChunkType,
    /// Field of the earlier chunks.
    pub of_field: String,
    /// Part of the run in which returning chunks count.
    pub window: Window,
}

impl Echoes {
    /// The verification tag of the packet, which counts as a field of every chunk in it.
    pub const VERIFICATION_TAG: &str = "verification-tag";
}

impl fmt::Display for Echoes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            chunk,
            field,
            of,
            of_field,
            window,
        } = self;
        write!(
            f,
            "the {field} of every {chunk}{window} is the {of_field} of an earlier {of}"
        )
    }
}

assertion! {
    /// Every chunk of one type returns the value of a field in an earlier chunk of another
    /// type. At least one chunk returns a value.
    struct EchoesForm = "{chunk: COOKIE ECHO, of: INIT ACK, field: cookie}" {
        required {
            /// Type of the chunks that return the value.
            chunk: ChunkType,
            /// Type of the chunks that sent the value first.
            of: ChunkType,
            /// The field; or `verification-tag`, which is in the packet's header.
            field: Text,
        }
        optional {
            /// The field of the chunks that sent the value first, if it has another name there.
            of_field: Text,
        }
    }
    shares {window}
}

impl AssertionForm for EchoesForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let (chunk, of) = (self.chunk.get()?.0, self.of.get()?.0);
        let field = name_of(self.field.spanned()?);
        let of_field = self.of_field.spanned().map_or(field.clone(), name_of);
        let in_header = field.value == Echoes::VERIFICATION_TAG;
        let known = in_header || check_field(chunk, &field, scope).is_some();
        let of_known = check_field(of, &of_field, scope).is_some();
        let window = self.window(scope)?;
        (known && of_known).then_some(Check::Echoes(Echoes {
            chunk,
            field: field.value,
            of,
            of_field: of_field.value,
            window,
        }))
    }
}

fn name_of(field: &Spanned<Text>) -> Spanned<String> {
    Spanned {
        value: field.value.0.clone(),
        span: field.span,
    }
}
