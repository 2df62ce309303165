//! The words for the styles of sockets.

use std::borrow::Cow;

use crate::model::Style;
use crate::read::Choice;

impl Choice for Style {
    const WHAT: &'static str = "a style";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![
            ("one-to-one".into(), Style::OneToOne),
            ("one-to-many".into(), Style::OneToMany),
        ]
    }
}
