use std::borrow::Cow;

use wire::ChunkType;
use wire::edit::Setting;

use super::action::RuleActionForm;
use crate::check::Scope;
use crate::model::RuleAction;
use crate::read::{Choice, ChoiceOf, all_of, record, suggestion};
use crate::value::{NewValue, Settings};
use crate::yaml::shortened;

record! {
    /// Changes fields of SCTP packets: of the first chunk that the rule is about,
    /// or of the common header (`source-port`, `destination-port`,
    /// `verification-tag`).
    struct RewriteForm = "{set: {outbound-streams: 1}, checksum: repair}" {
        required {
            /// The fields and their new values. Of a chunk, those of fixed place.
            set: Settings,
        }
        optional {
            /// What becomes of the checksum: `repair` makes it right for the changed
            /// packet, which is what happens if this is left out; `keep` leaves it as
            /// it was.
            checksum: ChoiceOf<Keeping>,
        }
    }
}

/// What becomes of the checksum.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Keeping {
    Repair,
    Keep,
}

impl Choice for Keeping {
    const WHAT: &'static str = "what becomes of the checksum";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![
            ("repair".into(), Keeping::Repair),
            ("keep".into(), Keeping::Keep),
        ]
    }
}

impl RuleActionForm for RewriteForm {
    fn check(&self, chunk: Option<ChunkType>, scope: &mut Scope<'_, '_>) -> Option<RuleAction> {
        let checksum = self.checksum.check(|checksum| Some(checksum.value.0));
        let settings = self.set.get()?.0.iter();
        // All mistakes at once.
        let settings: Vec<_> = settings.map(|one| setting(chunk, one, scope)).collect();
        Some(RuleAction::Rewrite {
            settings: settings.into_iter().collect::<Option<_>>()?,
            keep_checksum: checksum? == Some(Keeping::Keep),
        })
    }
}

fn setting(
    chunk: Option<ChunkType>,
    wanted: &NewValue,
    scope: &mut Scope<'_, '_>,
) -> Option<Setting> {
    let NewValue { field, value } = wanted;
    let setting = Setting::new(chunk, &field.value, value.value.0);
    if setting.is_some() {
        return setting;
    }
    let places: Vec<_> = Setting::fields(chunk).collect();
    let known = places.iter().find(|(name, _)| *name == field.value);
    if let Some((name, greatest)) = known {
        scope
            .problems
            .add(
                value.span,
                format!("`{name}` has no room for {}", value.value.0),
                "too much",
            )
            .help(format!("it is at most {greatest}"));
        return None;
    }
    let names = || places.iter().map(|(name, _)| *name);
    let of_what = chunk.map_or("the common header".to_owned(), |kind| kind.to_string());
    let help = match suggestion(&field.value, names(), scope.problems) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None if chunk.is_none() => format!(
            "without a `chunk` in the rule what can be set is {}",
            all_of(names())
        ),
        None => format!("what can be set is {}", all_of(names())),
    };
    let message = format!("`{}` of {of_what} cannot be set", shortened(&field.value));
    scope
        .problems
        .add(field.span, message, "no such place")
        .help(help);
    None
}
