//! What becomes of the frames that a rule matches: a file for each action that has values,
//! and the table of all.

mod corrupt;
mod delay;
mod duplicate;
mod mirror;
mod remark;
mod reorder;
mod rewrite;

use rules::{Action, Corruption};
use std::borrow::Cow;
use std::num::{NonZeroU8, NonZeroU32};
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use wire::ChunkType;

use crate::check::Scope;
use crate::diagnostic::Problems;
use crate::read::{Choice, ChoiceOf, Kind, OneKey, OneOf, Read, kinds};
use crate::yaml::{Node, Value};

/// The form of a rule's action: a word, or a map with one key.
pub(crate) enum DoForm {
    Word(Plain),
    Map(OneKey<RuleActions>),
}

impl DoForm {
    /// Checks the action. `chunk` is the type of chunk that the rule matches, if it
    /// matches one.
    pub(super) fn check(
        &self,
        chunk: Option<ChunkType>,
        scope: &mut Scope<'_, '_>,
    ) -> Option<Action> {
        match self {
            DoForm::Word(plain) => Some(plain.action()),
            DoForm::Map(one) => one.form.as_ref()?.check(chunk, scope),
        }
    }
}

impl Read for DoForm {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        match node.value {
            Value::Map(_) => OneKey::read(node, problems).map(Self::Map),
            _ => ChoiceOf::read(node, problems).map(|choice| Self::Word(choice.0)),
        }
    }
}

impl JsonSchema for DoForm {
    fn schema_name() -> Cow<'static, str> {
        "do".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let word = generator.subschema_for::<ChoiceOf<Plain>>();
        let map = generator.subschema_for::<OneKey<RuleActions>>();
        json_schema!({"anyOf": [word, map]})
    }
}

/// The actions that need no further values.
#[derive(Clone, Copy)]
pub(crate) enum Plain {
    Drop,
    Pass,
    Duplicate,
    Corrupt,
}

impl Choice for Plain {
    const WHAT: &'static str = "an action";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![
            ("drop".into(), Plain::Drop),
            ("pass".into(), Plain::Pass),
            ("duplicate".into(), Plain::Duplicate),
            ("corrupt".into(), Plain::Corrupt),
        ]
    }
}

impl Plain {
    fn action(self) -> Action {
        match self {
            Plain::Drop => Action::Drop,
            Plain::Pass => Action::Pass,
            Plain::Duplicate => Action::Duplicate {
                copies: NonZeroU32::MIN,
                gap: Duration::ZERO,
            },
            Plain::Corrupt => Action::Corrupt(Corruption {
                at: None,
                bits: NonZeroU8::MIN,
            }),
        }
    }
}

/// The form of an action with values.
pub(crate) trait RuleActionForm {
    /// Checks the action. `chunk` is the type of chunk that the rule matches, if it
    /// matches one.
    fn check(&self, chunk: Option<ChunkType>, scope: &mut Scope<'_, '_>) -> Option<Action>;
}

/// The table of the actions with values.
pub(crate) struct RuleActions;

impl OneOf for RuleActions {
    const WHAT: &'static str = "action";
    const SAYS: Option<&'static str> = None;
    type Form = dyn RuleActionForm;

    fn kinds() -> &'static [Kind<dyn RuleActionForm>] {
        kinds! {
            "delay" => delay::DelayForm,
            "duplicate" => duplicate::DuplicateForm,
            "reorder" => reorder::ReorderForm,
            "corrupt" => corrupt::CorruptForm,
            "rewrite" => rewrite::RewriteForm,
            "mirror" => mirror::MirrorForm,
            "remark" => remark::RemarkForm,
        }
    }
}
