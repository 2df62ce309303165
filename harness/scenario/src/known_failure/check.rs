//! Checks a known failure.

use super::KnownFailureForm;
use crate::check::Names;
use crate::diagnostic::{Problems, Spanned};
use crate::model::{KnownFailure, StepName};
use crate::sabotage::Sabotage;
use crate::sabotage::{WHAT_FAILS, can_fail};

/// Checks a known failure. It must not fail by the same expectation or assertion as a
/// sabotage: on that kernel the sabotage would prove nothing.
pub(crate) fn check_known_failure(
    form: &Spanned<KnownFailureForm>,
    names: &Names,
    sabotages: &[Sabotage],
    problems: &mut Problems<'_>,
) -> Option<KnownFailure> {
    let fails = form.value.fails.spanned()?;
    names.find(WHAT_FAILS, &fails.value.0, fails.span, can_fail, problems)?;
    let name = StepName::new(&fails.value.0);
    if sabotages.iter().any(|sabotage| sabotage.fails == name) {
        problems
            .add(
                fails.span,
                format!("a sabotage must also fail by `{name}`"),
                "it fails in any case",
            )
            .help("have the sabotage fail by what comes before it");
        return None;
    }
    Some(KnownFailure {
        kernel: form.value.kernel.get()?.0.clone(),
        line: problems.line(form.span),
        fails: vec![name],
        does: form.value.does.get()?.0.trim_end().to_owned(),
    })
}
