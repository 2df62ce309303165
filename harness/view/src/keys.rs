//! The keys of the view, and the page that explains them.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The command of a key, while no text is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Up(usize),
    Down(usize),
    PageUp,
    PageDown,
    First,
    Last,
    OtherPane,
    Search,
    NextMatch,
    MatchBefore,
    Filter,
    NoFilter,
    Findings,
    NextFinding,
    FindingBefore,
    Enter,
    Clock,
    Help,
    Quit,
}

/// The page of keys.
pub(crate) const HELP: &[(&str, &str)] = &[
    ("↑ ↓ k j", "the packet before, the next one"),
    ("PgUp PgDn", "a page"),
    ("Home End g G", "the first, the last"),
    ("Tab", "into the fields of the packet, and back"),
    ("/", "search: words of a packet's line"),
    ("n N", "the next one that matches, the one before"),
    ("f", "filter: words, assoc:2, chunk:DATA, path:path-1"),
    ("Esc", "leave; show all again"),
    ("d", "what was found: Enter goes to its packet"),
    ("] [", "the next finding, the one before"),
    ("t", "time of day, or from the start"),
    ("?", "these keys"),
    ("q Ctrl-C", "quit"),
];

impl Command {
    pub(crate) fn of(key: KeyEvent) -> Option<Self> {
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            return match key.code {
                KeyCode::Char('c') => Some(Self::Quit),
                KeyCode::Char('f') => Some(Self::PageDown),
                KeyCode::Char('b') => Some(Self::PageUp),
                _ => None,
            };
        }
        Some(match key.code {
            KeyCode::Up | KeyCode::Char('k') => Self::Up(1),
            KeyCode::Down | KeyCode::Char('j') => Self::Down(1),
            KeyCode::PageUp => Self::PageUp,
            KeyCode::PageDown | KeyCode::Char(' ') => Self::PageDown,
            KeyCode::Home | KeyCode::Char('g') => Self::First,
            KeyCode::End | KeyCode::Char('G') => Self::Last,
            KeyCode::Tab | KeyCode::BackTab => Self::OtherPane,
            KeyCode::Char('/') => Self::Search,
            KeyCode::Char('n') => Self::NextMatch,
            KeyCode::Char('N') => Self::MatchBefore,
            KeyCode::Char('f') => Self::Filter,
            KeyCode::Esc => Self::NoFilter,
            KeyCode::Char('d') => Self::Findings,
            KeyCode::Char(']') => Self::NextFinding,
            KeyCode::Char('[') => Self::FindingBefore,
            KeyCode::Enter => Self::Enter,
            KeyCode::Char('t') => Self::Clock,
            KeyCode::Char('?') => Self::Help,
            KeyCode::Char('q') => Self::Quit,
            _ => return None,
        })
    }
}
