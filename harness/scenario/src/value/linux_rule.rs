//! The words for the rules of Linux's own.

use std::borrow::Cow;

use crate::model::LinuxRule;
use crate::read::Choice;

impl Choice for LinuxRule {
    const WHAT: &'static str = "a rule of Linux's own";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        let all = Self::ALL.iter();
        all.map(|it| (it.word().into(), *it)).collect()
    }
}
