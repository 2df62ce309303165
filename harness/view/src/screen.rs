//! The terminal: drawing, keys, and restoring its state.

use std::io;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event, KeyEventKind};
use report::Link;

use crate::board::{Board, Sheet, Shown};
use crate::draw::Scene;
use crate::fields::fields;
use crate::keys::Command;
use crate::model::Model;
use crate::store::Lines as _;

/// Reads a capture.
pub trait Load: Send + 'static {
    /// Puts the capture on the board, from its beginning. Returns the time after which a
    /// capture that may grow is read again; `None` ends the reading.
    fn load(&mut self, board: &Board) -> Option<Duration>;

    /// Whether the capture has grown since it was read.
    fn has_grown(&mut self) -> bool;
}

/// How a view is to look.
#[derive(Clone, Debug)]
pub struct Looks {
    /// Title above the view.
    pub title: String,
    /// Whether to use colours.
    pub has_color: bool,
    /// Whether to show times of day at first.
    pub is_time_of_day: bool,
    /// Whether the last line stays selected while the capture grows.
    pub stays_last: bool,
}

/// Why a view ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The user left the view.
    Left,
    /// There was nothing to show, for the reason on the board.
    Nothing,
}

/// Interval of the checks for changes.
const TICK: Duration = Duration::from_millis(100);

/// Shows a capture until the user leaves the view, or `stop` is set. The terminal is
/// restored then, and also after a panic.
///
/// # Errors
///
/// Errors of the terminal.
pub fn view(mut load: impl Load, looks: Looks, stop: &AtomicBool) -> io::Result<Ended> {
    let board = Board::default();
    let onto = board.clone();
    let loader = thread::spawn(move || {
        while let Some(rest) = load.load(&onto) {
            thread::sleep(rest);
            while !load.has_grown() {
                thread::sleep(TICK);
            }
        }
    });
    // `try_init` also sees to it that a panic restores the terminal.
    let mut terminal = ratatui::try_init()?;
    let mut screen = Screen {
        board,
        loader: Some(loader),
        model: Model::new(looks.is_time_of_day, looks.stays_last),
        looks,
        shown: Shown::default(),
        fields: (None, Vec::new()),
        page: 0,
    };
    let ended = screen.run(&mut terminal, stop);
    ratatui::restore();
    ended
}

struct Screen {
    board: Board,
    loader: Option<JoinHandle<()>>,
    looks: Looks,
    model: Model,
    shown: Shown,
    /// The fields, with the version and the line that they belong to.
    fields: (Option<(u64, usize)>, Vec<String>),
    /// Number of drawn lines.
    page: usize,
}

impl Screen {
    fn run(&mut self, terminal: &mut DefaultTerminal, stop: &AtomicBool) -> io::Result<Ended> {
        while !self.model.has_quit && !stop.load(Ordering::SeqCst) {
            if self.hear() {
                return Ok(Ended::Nothing);
            }
            let is_busy = self.work();
            self.draw(terminal)?;
            let wait = if is_busy { Duration::ZERO } else { TICK };
            if event::poll(wait)? {
                self.take(&event::read()?);
                // Waiting keys are handled before the next drawing.
                while event::poll(Duration::ZERO)? && !self.model.has_quit {
                    self.take(&event::read()?);
                }
            }
        }
        Ok(Ended::Left)
    }

    /// Takes the news of the loading thread. Returns whether the thread has ended without
    /// a capture.
    fn hear(&mut self) -> bool {
        let now = self.board.now();
        if now.version != self.shown.version
            && let (Some(before), Some(sheet)) = (&self.shown.sheet, &now.sheet)
        {
            self.model.replace(&before.store, &sheet.store);
        }
        self.model.findings = Arc::clone(&now.findings);
        self.shown = now;
        if self.loader.as_ref().is_some_and(JoinHandle::is_finished) {
            if let Some(Err(cause)) = self.loader.take().map(JoinHandle::join) {
                // The terminal was restored in the panic.
                resume_unwind(cause);
            }
            self.shown = self.board.now();
        }
        self.loader.is_none() && !self.shown.is_whole
    }

    fn work(&mut self) -> bool {
        let Some(sheet) = self.shown.sheet.clone() else {
            return false;
        };
        let name = |link| sheet.hosts.link(Link(link)).to_owned();
        let is_busy = self.model.work(&sheet.store, name);
        let which = self.model.line().map(|it| (self.shown.version, it));
        if self.fields.0 != which {
            self.fields = (which, self.fields_of(&sheet));
        }
        is_busy
    }

    fn fields_of(&self, sheet: &Sheet) -> Vec<String> {
        let line = self.model.line().and_then(|it| sheet.store.line(it));
        let Some(number) = line.and_then(|it| it.frame) else {
            return Vec::new();
        };
        let raw = sheet.store.packet(number);
        let fields = raw.iter().flat_map(fields);
        let head = format!("packet {number} of the file");
        std::iter::once(head).chain(fields).collect()
    }

    fn take(&mut self, event: &Event) {
        let Event::Key(key) = event else { return };
        if key.kind == KeyEventKind::Release {
            return;
        }
        match self.shown.sheet.clone() {
            Some(sheet) => {
                self.model.key(*key, self.page, &sheet.store);
                self.work();
            }
            // Without a capture, only the keys that quit have an effect.
            None => self.model.has_quit |= Command::of(*key) == Some(Command::Quit),
        }
    }

    fn draw(&mut self, terminal: &mut DefaultTerminal) -> io::Result<()> {
        let Some(sheet) = self.shown.sheet.clone() else {
            let words = self.shown.remark.as_deref().unwrap_or("reading");
            let words = terminal::escape(words);
            terminal.draw(|frame| frame.render_widget(words, frame.area()))?;
            return Ok(());
        };
        let scene = Scene {
            title: &self.looks.title,
            lines: &sheet.store,
            hosts: &sheet.hosts,
            gutter: sheet.gutter,
            fields: &self.fields.1,
            is_whole: self.shown.is_whole,
            has_color: self.looks.has_color,
            remark: self.shown.remark.as_deref(),
        };
        let (model, page) = (&mut self.model, &mut self.page);
        terminal.draw(|frame| *page = scene.draw(model, frame))?;
        Ok(())
    }
}
