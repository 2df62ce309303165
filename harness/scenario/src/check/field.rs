use wire::ChunkType;
use wire::field::{ChunkPattern, FieldSpec, FieldTest};

use super::Scope;
use crate::read::{Optional, all_of, suggestion};
use crate::value::{Wanted, WantedValue, Where};
use crate::yaml::shortened;

/// The chunks of a type whose fields say what `wanted` asks for.
pub(crate) fn check_where(
    kind: ChunkType,
    wanted: &Optional<Where>,
    scope: &mut Scope<'_, '_>,
) -> Option<ChunkPattern> {
    let fields = wanted.check(|wanted| {
        let tests = wanted.value.0.iter().map(|one| {
            let field = find(kind, one, scope)?;
            test(field, one, scope)
        });
        // All mistakes at once.
        let tests: Vec<_> = tests.collect();
        tests.into_iter().collect::<Option<Vec<_>>>()
    })?;
    Some(ChunkPattern {
        kind,
        fields: fields.unwrap_or_default(),
    })
}

fn find(kind: ChunkType, wanted: &Wanted, scope: &mut Scope<'_, '_>) -> Option<FieldSpec> {
    let name = &wanted.field;
    if let Some(field) = kind.field(&name.value) {
        return Some(field);
    }
    let fields = kind.fields();
    let names = || fields.iter().map(|field| field.name);
    let help = match suggestion(&name.value, names(), scope.problems) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None if fields.is_empty() => "leave `where` out: such a chunk has no fields".to_owned(),
        None => format!("its fields are {}", all_of(names())),
    };
    let message = format!("{kind} has no field `{}`", shortened(&name.value));
    scope
        .problems
        .add(name.span, message, "unknown field")
        .help(help);
    None
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
                "never so",
            )
            .help(format!(
                "write {}; this is {}",
                field.expected(),
                field.about
            ));
    }
    test
}
