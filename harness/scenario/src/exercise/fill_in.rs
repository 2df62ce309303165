//! The exercise `fill-in`: a field of a packet is left blank.

use super::packet::check_packet;
use super::{ExerciseForm, Known, exercise, told};
use crate::diagnostic::{Problems, Span, Spanned};
use crate::model::Ask;
use crate::read::{List, one_of, suggestion};
use crate::value::{ChunkType, Number, Reference};

exercise! {
    /// A field of a packet is left blank: the learner fills it in.
    struct FillInForm = "{chunk: INIT ACK, from: server, field: outbound-streams, because: The smaller number counts., rfc: 9260#5.1.1}" {
        required {
            /// The chunk that has the field.
            chunk: ChunkType,
            /// The node that sends it.
            from: Reference,
            /// The field, by its name in assertions.
            field: Reference,
        }
        optional {
            /// Number of the packet among those from this node with such a chunk, from 1; the
            /// first one if left out.
            nth: Number,
            /// The fields that the ladder shows for every packet that has them. A random
            /// number can only be known from these.
            show: List<Reference>,
        }
    }
}

/// The verification tag, which is in the header of every packet.
const TAG: &str = "verification-tag";

impl ExerciseForm for FillInForm {
    told!();

    fn check(&self, _: Span, known: Known<'_>, problems: &mut Problems<'_>) -> Option<Ask> {
        let packet = check_packet(&self.chunk, &self.from, &self.nth, known, problems);
        let kind = self.chunk.get()?.0;
        let own: Vec<&'static str> = kind.fields().iter().map(|field| field.name).collect();
        let of_chunk = format!("{kind}");
        let field = self
            .field
            .spanned()
            .and_then(|field| known_field(field, &of_chunk, &own, problems));
        let all: Vec<&'static str> = wire::ChunkType::ALL
            .iter()
            .flat_map(|kind| kind.fields())
            .map(|field| field.name)
            .collect();
        let shown = self.show.check(|list| {
            let items = list.value.items.iter();
            let fields: Vec<_> = items
                .map(|field| known_field(field, "a chunk", &all, problems))
                .collect();
            fields.into_iter().collect::<Option<Vec<_>>>()
        });
        Some(Ask::FillIn {
            packet: packet?,
            field: field?,
            shown: shown?.unwrap_or_default(),
        })
    }
}

fn known_field(
    field: &Spanned<Reference>,
    of: &str,
    known: &[&'static str],
    problems: &mut Problems<'_>,
) -> Option<String> {
    let name = &field.value.0;
    let names = || known.iter().copied().chain([TAG]);
    if names().any(|it| it == name) {
        return Some(name.clone());
    }
    let help = match suggestion(name, names(), problems) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None => format!("what can stand here is {}", one_of(names())),
    };
    let message = format!("{of} has no field `{name}`");
    problems.add(field.span, message, "no field").help(help);
    None
}
