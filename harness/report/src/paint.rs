//! Colours of the ladder and the verdict.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::hosts::Link;

/// The role of a piece of text, which determines its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Plain text.
    #[default]
    Plain,
    /// Lines and frames of the drawing.
    Faint,
    /// Headings.
    Strong,
    /// An arrow on this link.
    Path(Link),
    /// Faults and failures.
    Fault,
    /// Successes.
    Good,
    /// Notifications to an endpoint.
    Notification,
}

/// The paths' colours, used in rotation. Red is reserved for faults.
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

/// Appends text, coloured if `color` is set.
pub(crate) fn paint(out: &mut String, text: &str, paint: Paint, color: bool) {
    let style = paint.style();
    let _ = match color && !style.is_plain() {
        true => write!(out, "{style}{text}{style:#}"),
        false => write!(out, "{text}"),
    };
}
