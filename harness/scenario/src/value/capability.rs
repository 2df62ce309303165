//! The words for capabilities.

use std::borrow::Cow;

use crate::model::Capability;
use crate::read::Choice;

impl Choice for Capability {
    const WHAT: &'static str = "a capability";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        let all = Self::ALL.iter();
        all.map(|it| (it.word().into(), *it)).collect()
    }
}
