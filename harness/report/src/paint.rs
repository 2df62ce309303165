//! Colours.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::hosts::Link;

/// What a piece of text is, which decides how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Nothing special.
    #[default]
    Plain,
    /// What holds the picture together.
    Faint,
    /// What heads something.
    Strong,
    /// An arrow on this link.
    Path(Link),
    /// What went wrong.
    Fault,
    /// What went well.
    Good,
    /// What an endpoint was told.
    Notification,
}

/// The paths' colours, over and over. Red is left for faults.
const PATHS: [AnsiColor; 5] = [
    AnsiColor::Cyan,
    AnsiColor::Yellow,
    AnsiColor::Magenta,
    AnsiColor::Green,
    AnsiColor::Blue,
];

impl Paint {
    fn style(self) -> Style {
        let plain = Style::new();
        match self {
            Self::Plain => plain,
            Self::Faint => plain.dimmed(),
            Self::Strong => plain.bold(),
            Self::Path(Link(number)) => plain.fg_color(Some(PATHS[number % PATHS.len()].into())),
            Self::Fault => plain.fg_color(Some(AnsiColor::Red.into())),
            Self::Good => plain.fg_color(Some(AnsiColor::Green.into())),
            Self::Notification => plain.bold(),
        }
    }
}

/// Appends text, painted if colours are wanted.
pub(crate) fn paint(out: &mut String, text: &str, paint: Paint, color: bool) {
    let style = paint.style();
    let _ = match color && !style.is_plain() {
        true => write!(out, "{style}{text}{style:#}"),
        false => write!(out, "{text}"),
    };
}
