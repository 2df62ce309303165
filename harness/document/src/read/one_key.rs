//! Maps with one key, which determines the kind of the value, such as the steps of a
//! scenario.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::value::Text;
use super::{Read, all_of, one_of, suggestion};
use crate::diagnostic::{Problems, Spanned};
use crate::yaml::{Node, Value, shortened};

/// A map with exactly one key, which determines the kind: `cut: {link: path-a}`. Some
/// families also allow the key `say`, with words about the entry.
pub struct OneKey<T: OneOf> {
    /// The key.
    pub kind: Spanned<&'static str>,
    /// The value of the key; `None` if it is wrong.
    pub form: Option<Box<T::Form>>,
    /// The words under the key `say`; empty if there are none.
    pub say: String,
}

/// The key of the words.
const SAY: &str = "say";

/// A family of kinds.
pub trait OneOf: 'static {
    /// Noun of the family for messages: "step".
    const WHAT: &'static str;
    /// Purpose of `say`; `None` if the family does not allow it.
    const SAYS: Option<&'static str>;
    /// Common interface of all kinds.
    type Form: ?Sized + 'static;

    /// The table of all kinds.
    fn kinds() -> &'static [Kind<Self::Form>];
}

/// A kind: a line in the table.
pub struct Kind<F: ?Sized> {
    /// The key.
    pub key: &'static str,
    /// Reads the value of the key.
    pub read: fn(&Node, &mut Problems<'_>) -> Option<Box<F>>,
    /// The schema of the value of the key.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

impl<T: OneOf> Read for OneKey<T> {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let keys = || T::kinds().iter().map(|kind| kind.key);
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            _ => &[],
        };
        let (said, entries): (Vec<_>, Vec<_>) = entries
            .iter()
            .partition(|(key, _)| T::SAYS.is_some() && key.value == SAY);
        if let (Some((words, _)), None) = (said.first(), entries.first()) {
            let message = format!("there is no {} to say this of", T::WHAT);
            problems
                .add(words.span, message, format!("no {} beside it", T::WHAT))
                .help(format!(
                    "put the {}'s kind below it, in the same braces or indented alike",
                    T::WHAT
                ));
            return None;
        }
        let Some((key, value)) = entries.first() else {
            let message = format!("expected a {}, found {}", T::WHAT, node.found());
            problems
                .add(node.span, message, format!("not a {}", T::WHAT))
                .help(format!(
                    "a {} is a map whose key is {}",
                    T::WHAT,
                    one_of(keys())
                ));
            return None;
        };
        if let Some((second, _)) = entries.get(1) {
            let message = format!("a {} has one key, its kind", T::WHAT);
            problems
                .add(second.span, message, "a second key")
                .help(format!(
                    "put `{}` into the braces of `{}`, or begin a new {} with `- `",
                    shortened(&second.value),
                    shortened(&key.value),
                    T::WHAT,
                ));
        }
        let kind = find::<T>(key, problems)?;
        Some(Self {
            kind: Spanned {
                value: kind.key,
                span: key.span,
            },
            form: (kind.read)(value, problems),
            say: said
                .first()
                .and_then(|(_, words)| Text::read(words, problems))
                .map_or(String::new(), |text| text.0),
        })
    }
}

/// The kind with this key, or the most similar one.
fn find<T: OneOf>(
    key: &Spanned<String>,
    problems: &mut Problems<'_>,
) -> Option<&'static Kind<T::Form>> {
    let kinds = T::kinds();
    if let Some(kind) = kinds.iter().find(|kind| kind.key == key.value) {
        return Some(kind);
    }
    let keys = || kinds.iter().map(|kind| kind.key);
    let likely = suggestion(&key.value, keys(), problems);
    let help = match likely {
        Some(likely) => format!("did you mean `{likely}`?"),
        None => format!("the kinds are {}", all_of(keys())),
    };
    let message = format!("there is no {} `{}`", T::WHAT, shortened(&key.value));
    problems
        .add(key.span, message, format!("unknown {}", T::WHAT))
        .help(help);
    kinds.iter().find(|kind| Some(kind.key) == likely)
}

impl<T: OneOf> JsonSchema for OneKey<T> {
    fn schema_name() -> Cow<'static, str> {
        T::WHAT.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut properties: serde_json::Map<_, _> = T::kinds()
            .iter()
            .map(|kind| (kind.key.to_owned(), (kind.schema)(generator).into()))
            .collect();
        let Some(about) = T::SAYS else {
            return json_schema!({
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": false,
                "properties": properties,
            });
        };
        let words = serde_json::json!({"type": "string", "description": about});
        properties.insert(SAY.to_owned(), words);
        json_schema!({
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
            "if": {"required": [SAY]},
            "then": {"minProperties": 2, "maxProperties": 2},
            "else": {"minProperties": 1, "maxProperties": 1},
        })
    }
}

/// Makes the table of a family: keys, and the types of their values.
#[macro_export]
macro_rules! kinds {
    ($($key:literal => $form:ty,)*) => {
        &[$($crate::read::Kind {
            key: $key,
            read: |node, problems| {
                let form = <$form as $crate::read::Read>::read(node, problems)?;
                Some(Box::new(form))
            },
            schema: |generator| generator.subschema_for::<$form>(),
        },)*]
    };
}
pub use crate::kinds;
