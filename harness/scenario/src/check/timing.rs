use std::time::Duration;

use super::{Scope, Story};
use crate::diagnostic::{Problems, Span, Spanned};
use crate::model::{EndpointName, Expected};
use crate::value::{Soon, spelled};

/// Notes it where what is expected cannot come that soon, whatever the stack
/// does.
pub(crate) fn check_within(
    _at: &EndpointName,
    _what: &Expected,
    _within: &Spanned<Soon>,
    _scope: &mut Scope<'_, '_>,
) {
}

/// Notes it where the waits alone take longer than the whole may.
pub(crate) fn check_limit(limit: Duration, span: Span, story: &Story, problems: &mut Problems<'_>) {
    if story.waited > limit {
        problems
            .add(
                span,
                format!(
                    "the limit is {}, but the waits alone take {}",
                    spelled(limit),
                    spelled(story.waited)
                ),
                "too short",
            )
            .help(format!(
                "write a `limit` of more than {}",
                spelled(story.waited)
            ));
    }
}
