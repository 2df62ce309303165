//! Output to the terminal: results on standard output, progress and errors on standard
//! error.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use report::LadderOptions;
use scenario::Diagnostic;

use super::output::{ERR, OUT};

/// Whether to colour standard output.
pub(crate) fn color() -> bool {
    wants_color(std::io::stdout().is_terminal(), |name| {
        std::env::var_os(name)
    })
}

/// Whether to colour standard error.
pub(crate) fn color_on_stderr() -> bool {
    wants_color(std::io::stderr().is_terminal(), |name| {
        std::env::var_os(name)
    })
}

/// By the conventions of <https://no-color.org> and <https://bixense.com/clicolors>; the
/// first takes precedence.
fn wants_color(is_terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let given = |name| variable(name).filter(|value| !value.is_empty());
    if given("NO_COLOR").is_some() {
        return false;
    }
    if given("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    is_terminal
        && given("TERM").is_none_or(|value| value != "dumb")
        && given("CLICOLOR").is_none_or(|value| value != "0")
}

/// Whether lines on standard error can be overwritten.
fn can_redraw() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|it| it != "dumb")
}

/// The width of the terminal, or a default.
pub(crate) fn width() -> usize {
    match terminal_size::terminal_size() {
        Some((width, _)) if std::io::stdout().is_terminal() => width.0.into(),
        _ => 100,
    }
}

/// The options of ladders on this terminal.
pub(crate) fn ladder_options(full: bool) -> LadderOptions {
    LadderOptions {
        width: width(),
        color: color(),
        full,
        gutter: report::Gutter::default(),
    }
}

/// Prints a result.
pub(crate) fn print(text: &str) {
    OUT.print(text);
}

/// Prints a result row by row, until the reader has closed the stream.
pub(crate) fn print_all(rows: impl Iterator<Item = String>) {
    const TOGETHER: usize = 8192;
    let mut waiting = String::new();
    for row in rows {
        waiting.push_str(&row);
        if waiting.len() >= TOGETHER {
            OUT.print(&waiting);
            waiting.clear();
            if !OUT.is_open() {
                return;
            }
        }
    }
    OUT.print(&waiting);
}

/// A line of JSON. Characters that are unsafe in a terminal are escaped.
pub(crate) fn json(value: &serde_json::Value) -> String {
    terminal::escape_json(&format!("{value}\n"))
}

/// Prints a message beside the results.
pub(crate) fn tell(text: &str) {
    ERR.print(&format!("{}\n", terminal::escape_lines(text)));
}

/// Prints a message about progress, which may get lost.
pub(crate) fn mention(text: &str) {
    ERR.mention(&format!("{}\n", terminal::escape_lines(text)));
}

/// Prints an error. Text from outside is escaped.
pub(crate) fn error(text: &str) {
    ERR.print(&format!("error: {}\n", terminal::escape_lines(text)));
}

/// Prints an error, and below the error what mends it.
pub(crate) fn error_with_remedy(text: &str, remedy: Option<&str>) {
    let mut words = format!("error: {}\n", terminal::escape_lines(text));
    if let Some(remedy) = remedy {
        words.push_str(&format!("  help: {}\n", terminal::escape_lines(remedy)));
    }
    ERR.print(&words);
}

/// Prints all mistakes in a file.
pub(crate) fn mistakes(diagnostics: &[Diagnostic], file: &str, source: &str) {
    let color = color_on_stderr();
    ERR.print(&scenario::render(diagnostics, file, source, color));
}

/// Shows progress once it takes longer than a moment: one changing line on a terminal,
/// plain lines elsewhere.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    plain: Mutex<Plain>,
}

/// The activity that is shown once it has taken long enough.
struct Plain {
    since: Instant,
    waiting: Option<String>,
}

/// Where lines cannot be overwritten, work that is faster than this is not shown.
const PATIENCE: Duration = Duration::from_millis(700);

impl Progress {
    pub(crate) fn new() -> Self {
        let bar = can_redraw().then(|| {
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

    /// Shows a progress message of an engine.
    pub(crate) fn hear(&self, news: engine::Progress<'_>) {
        match news {
            engine::Progress::Doing(words) => self.say(words),
            engine::Progress::Noted(words) => self.note(words),
        }
    }

    /// Shows a result of the work, however fast the work was.
    fn note(&self, words: &str) {
        let words = &terminal::escape(words);
        match &self.bar {
            Some(bar) => bar.suspend(|| mention(words)),
            None => mention(words),
        }
    }

    /// Shows the next activity.
    pub(crate) fn say(&self, words: &str) {
        let words = &terminal::escape(words);
        if let Some(bar) = &self.bar {
            bar.set_message(words.to_owned());
            return;
        }
        let Ok(mut plain) = self.plain.lock() else {
            return;
        };
        // Only now is it known that the last activity took long enough to be shown.
        if plain.since.elapsed() > PATIENCE
            && let Some(words) = plain.waiting.take()
        {
            mention(&words);
        }
        plain.waiting = Some(words.to_owned());
        plain.since = Instant::now();
    }

    /// Removes the progress line.
    pub(crate) fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::wants_color;

    #[test]
    fn colour_is_for_terminals_that_have_it_unless_it_is_said_otherwise() {
        let wants = |is_terminal, set: &[(&str, &str)]| {
            wants_color(is_terminal, |name| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| value.into())
            })
        };
        assert!(wants(true, &[]));
        assert!(wants(true, &[("TERM", "xterm"), ("NO_COLOR", "")]));
        assert!(!wants(false, &[]));
        assert!(!wants(true, &[("TERM", "dumb")]));
        assert!(!wants(true, &[("CLICOLOR", "0")]));
        assert!(!wants(true, &[("NO_COLOR", "1")]));
        assert!(wants(false, &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")]));
        assert!(!wants(false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!wants(true, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    }
}
