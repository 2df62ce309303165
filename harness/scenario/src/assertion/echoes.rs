use super::AssertionForm;
use super::window::check_window;
use crate::check::{Scope, check_field};
use crate::diagnostic::Spanned;
use crate::model::{Check, Echoes};
use crate::read::record;
use crate::value::{ChunkType, Name, Reference, Text};

record! {
    /// Every chunk of one type brings back what the other side said in a chunk of
    /// another type; there is at least one.
    struct EchoesForm = "{chunk: COOKIE ECHO, of: INIT ACK, field: cookie}" {
        required {
            /// The type of those that bring it back.
            chunk: ChunkType,
            /// The type of those that said it first.
            of: ChunkType,
            /// The field; or `verification-tag`, which stands in the packet's header.
            field: Text,
        }
        optional {
            /// The field of those that said it first, where it is called otherwise.
            of_field: Text,
            /// Only those that bring it back after this step; from the start of the run
            /// if left out.
            after: Reference,
            /// Only those that do before this step; to the end of the run if left out.
            before: Reference,
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
        let field = name_of(self.field.spanned()?);
        let of_field = self.of_field.spanned().map_or(field.clone(), name_of);
        let in_header = field.value == Echoes::VERIFICATION_TAG;
        let known = in_header || check_field(chunk, &field, scope).is_some();
        let of_known = check_field(of, &of_field, scope).is_some();
        let window = check_window(&self.after, &self.before, scope)?;
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
