use super::AssertionForm;
use crate::check::{Scope, check_field};
use crate::diagnostic::Spanned;
use crate::model::{Check, Echoes};
use crate::read::record;
use crate::value::{ChunkType, Name, Text};

record! {
    /// Every chunk of one type brings back what the other side said in a chunk of
    /// another type; there is at least one.
    struct EchoesForm = "{chunk: COOKIE ECHO, of: INIT ACK, field: cookie}" {
        required {
            /// The type of those that bring it back.
            chunk: ChunkType,
            /// The type of those that said it first.
            of: ChunkType,
            /// The field, which both have.
            field: Text,
        }
        optional {
            /// A name for this assertion.
            r#as: Name,
        }
    }
}

impl AssertionForm for EchoesForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let (chunk, of) = (self.chunk.get()?.0, self.of.get()?.0);
        let field = self.field.spanned()?;
        let name = Spanned {
            value: field.value.0.clone(),
            span: field.span,
        };
        let there = [chunk, of].map(|kind| check_field(kind, &name, scope).is_some());
        there
            .iter()
            .all(|there| *there)
            .then_some(Check::Echoes(Echoes {
                chunk,
                of,
                field: name.value,
            }))
    }
}
