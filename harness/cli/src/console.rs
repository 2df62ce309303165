//! What is said to the person at the terminal: results on standard output,
//! progress and complaints on standard error.

use std::io::{BufWriter, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use report::LadderOptions;

/// Whether to colour standard output.
pub(crate) fn color() -> bool {
    std::io::stdout().is_terminal() && wants_color()
}

/// Whether to colour standard error.
pub(crate) fn color_on_stderr() -> bool {
    std::io::stderr().is_terminal() && wants_color()
}

/// As no-color.org asks.
fn wants_color() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The width of the terminal, or a plain one.
pub(crate) fn width() -> usize {
    match terminal_size::terminal_size() {
        Some((width, _)) if std::io::stdout().is_terminal() => width.0.into(),
        _ => 100,
    }
}

/// How ladders are drawn on this terminal. The scenario tells which endpoint
/// is on which host.
pub(crate) fn ladder_options(full: bool) -> LadderOptions {
    LadderOptions {
        width: width(),
        color: color(),
        full,
    }
}

/// Prints a result. A reader that has left is no error: there is nobody to
/// tell.
pub(crate) fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints a result row by row, as it comes, until the reader has left.
pub(crate) fn print_all(rows: impl Iterator<Item = String>) {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for row in rows {
        if out.write_all(row.as_bytes()).is_err() {
            return;
        }
    }
    let _ = out.flush();
}

/// Complains. Who else's words are in it does not matter: nothing of them moves the
/// cursor.
pub(crate) fn error(text: &str) {
    eprintln!("error: {}", terminal::escape_lines(text));
}

/// Complains, with the command that mends it.
pub(crate) fn error_with_remedy(text: &str, remedy: Option<&str>) {
    error(text);
    if let Some(remedy) = remedy {
        eprintln!("  help: {}", terminal::escape_lines(remedy));
    }
}

/// Shows what is going on, as soon as it takes longer than a moment: one line
/// that changes on a terminal, plain lines elsewhere.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    plain: Mutex<Plain>,
}

struct Plain {
    since: Instant,
    waiting: Option<String>,
}

/// What is done faster than this needs no words.
const PATIENCE: Duration = Duration::from_millis(700);

impl Progress {
    pub(crate) fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{spinner} {wide_msg}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner());
            let bar = ProgressBar::new_spinner().with_style(style);
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self {
            bar,
            plain: Mutex::new(Plain {
                since: Instant::now(),
                waiting: None,
            }),
        }
    }

    /// Tells of the next thing that is going on.
    pub(crate) fn say(&self, words: &str) {
        let words = &terminal::escape(words);
        if let Some(bar) = &self.bar {
            bar.set_message(words.to_owned());
            return;
        }
        let Ok(mut plain) = self.plain.lock() else {
            return;
        };
        // The last words were worth it if the thing took its time.
        if plain.since.elapsed() > PATIENCE
            && let Some(words) = plain.waiting.take()
        {
            eprintln!("{words}");
        }
        plain.waiting = Some(words.to_owned());
        plain.since = Instant::now();
    }

    /// Takes the line away.
    pub(crate) fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
