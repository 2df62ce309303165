//! Checks the fields and values under `where:`.

use wire::ChunkType;
use wire::field::{ChunkPattern, FieldSpec, FieldTest};

use super::Scope;
use crate::diagnostic::Spanned;
use crate::model::FieldWanted;
use crate::read::{Optional, all_of, suggestion};
use crate::value::{Wanted, WantedValue, Where};
use crate::yaml::shortened;

/// The chunks of a type whose fields have the values in `wanted`.
pub(crate) fn check_where(
    kind: ChunkType,
    wanted: &Optional<Where>,
    scope: &mut Scope<'_, '_>,
) -> Option<ChunkPattern> {
    let fields = wanted.check(|wanted| {
        let tests = wanted.value.0.iter().map(|one| {
            let field = check_field(kind, &one.field, scope)?;
            test(field, one, scope)
        });
        // Collected first, so that all mistakes are noted.
        let tests: Vec<_> = tests.collect();
        tests.into_iter().collect::<Option<Vec<_>>>()
    })?;
    Some(ChunkPattern {
        kind,
        fields: fields.unwrap_or_default(),
    })
}

/// The wanted fields of something other than a chunk. `what` is its noun, and `known` are
/// its fields.
pub(crate) fn check_fields(
    what: &str,
    known: &[&'static str],
    wanted: &Optional<Where>,
    scope: &mut Scope<'_, '_>,
) -> Option<Vec<FieldWanted>> {
    let fields = wanted.check(|wanted| {
        let fields = wanted.value.0.iter().map(|one| {
            if !known.contains(&one.field.value.as_str()) {
                unknown(what, known.iter().copied(), &one.field, scope);
                return None;
            }
            let WantedValue::One(value) = &one.value else {
                scope
                    .problems
                    .add(one.span, "this field has one value", "a list")
                    .help("write one value; the field matches if it is one of its own");
                return None;
            };
            Some(FieldWanted {
                name: one.field.value.clone(),
                value: value.clone(),
            })
        });
        let fields: Vec<_> = fields.collect();
        fields.into_iter().collect::<Option<Vec<_>>>()
    })?;
    Some(fields.unwrap_or_default())
}

/// As [`check_fields`]; moreover a wanted `state` must be one of `states`.
pub(crate) fn check_fields_and_state(
    what: &str,
    (known, states): (&[&'static str], &[&'static str]),
    wanted: &Optional<Where>,
    scope: &mut Scope<'_, '_>,
) -> Option<Vec<FieldWanted>> {
    let fields = check_fields(what, known, wanted, scope)?;
    let given = wanted.get().into_iter().flat_map(|wanted| &wanted.0);
    let mut all_right = true;
    for one in given.filter(|one| one.field.value == "state") {
        let WantedValue::One(state) = &one.value else {
            continue;
        };
        if states.contains(&state.as_str()) {
            continue;
        }
        all_right = false;
        let help = match suggestion(state, states.iter().copied(), scope.problems) {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => format!("its states are {}", all_of(states.iter().copied())),
        };
        let message = format!("{what} is never `{}`", shortened(state));
        scope
            .problems
            .add(one.span, message, "no such state")
            .help(help);
    }
    all_right.then_some(fields)
}

/// The field with this name, which chunks of this type must have.
pub(crate) fn check_field(
    kind: ChunkType,
    name: &Spanned<String>,
    scope: &mut Scope<'_, '_>,
) -> Option<FieldSpec> {
    if let Some(field) = kind.field(&name.value) {
        return Some(field);
    }
    let fields = kind.fields();
    let names = fields.iter().map(|field| field.name);
    unknown(&kind.to_string(), names, name, scope);
    None
}

fn unknown<'n>(
    what: &str,
    known: impl Iterator<Item = &'n str> + Clone,
    name: &Spanned<String>,
    scope: &mut Scope<'_, '_>,
) {
    let help = match suggestion(&name.value, known.clone(), scope.problems) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None if known.clone().next().is_none() => "leave it out: there are no fields".to_owned(),
        None => format!("its fields are {}", all_of(known)),
    };
    let message = format!("{what} has no field `{}`", shortened(&name.value));
    scope
        .problems
        .add(name.span, message, "unknown field")
        .help(help);
}

fn test(field: FieldSpec, wanted: &Wanted, scope: &mut Scope<'_, '_>) -> Option<FieldTest> {
    let (wrong, test) = match &wanted.value {
        WantedValue::One(text) => (Some(text), FieldTest::member(field, text)),
        WantedValue::All(texts) => {
            let wrong = texts.iter().find(|text| field.pattern(text).is_none());
            let all = texts.iter().map(String::as_str);
            (wrong, FieldTest::exactly(field, all))
        }
    };
    if test.is_none() {
        let shown = shortened(wrong.map_or("", String::as_str));
        scope
            .problems
            .add(
                wanted.span,
                format!("`{}` cannot be `{shown}`", field.name),
                "not a possible value",
            )
            .help(format!(
                "write {}; this is {}",
                field.expected(),
                field.about
            ));
    }
    test
}
