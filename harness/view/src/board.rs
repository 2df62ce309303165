//! The board, on which a loading thread puts the captures that the view shows.

use std::cell::{Cell, RefCell};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use recording::PacketView;
use report::{Gutter, Hosts, Line};

use crate::finding::Finding;
use crate::store::{Store, Writer};

/// The board, on which a loading thread puts what it reads.
#[derive(Clone, Debug, Default)]
pub struct Board {
    shown: Arc<Mutex<Shown>>,
}

/// The content of the board.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    pub(crate) sheet: Option<Arc<Sheet>>,
    /// Whether the capture is complete.
    pub(crate) is_whole: bool,
    pub(crate) findings: Arc<Vec<Finding>>,
    /// The damage after the shown part, or the reason why there is nothing.
    pub(crate) remark: Option<String>,
    /// Number of sheets that were put on the board.
    pub(crate) version: u64,
}

/// A capture, as far as it was read.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) store: Store,
    pub(crate) hosts: Hosts,
    pub(crate) gutter: Gutter,
}

impl Board {
    /// Puts a capture between these hosts on the board. `fill` adds its lines, and
    /// returns the findings and the damage after them. The first capture is shown while
    /// it fills; one that replaces another is shown when it is complete, or on
    /// [`show`](Filling::show).
    ///
    /// # Errors
    ///
    /// Errors of `fill`, and of the file in which lines are kept.
    pub fn put<E: From<io::Error>>(
        &self,
        hosts: Hosts,
        gutter: Gutter,
        fill: impl FnOnce(&Filling<'_>, &Hosts) -> Result<(Vec<Finding>, Option<String>), E>,
    ) -> Result<(), E> {
        let sheet = Arc::new(Sheet {
            store: Store::new()?,
            hosts,
            gutter,
        });
        let is_first = self.now().sheet.is_none();
        if is_first {
            let mut shown = self.lock();
            shown.sheet = Some(Arc::clone(&sheet));
            shown.version += 1;
        }
        let filling = Filling {
            board: self,
            sheet: &sheet,
            is_shown: Cell::new(is_first),
            writer: RefCell::new(Writer::new(&sheet.store)),
            lost: RefCell::default(),
        };
        let (findings, remark) = fill(&filling, &sheet.hosts)?;
        filling.show(findings, remark)?;
        Ok(())
    }

    /// Shows a message while there is no capture.
    pub fn say(&self, words: &str) {
        self.lock().remark = Some(words.to_owned());
    }

    pub(crate) fn now(&self) -> Shown {
        self.lock().clone()
    }

    /// Each change is one step, so a panic leaves the content consistent.
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the packets of a capture and the lines of its ladder.
#[derive(Debug)]
pub struct Filling<'s> {
    board: &'s Board,
    sheet: &'s Arc<Sheet>,
    is_shown: Cell<bool>,
    writer: RefCell<Writer<'s>>,
    /// The error by which a packet could not be kept.
    lost: RefCell<Option<io::Error>>,
}

impl Filling<'_> {
    /// Adds a packet, before its line. The packets' numbers in the file must rise.
    pub fn packet(&self, number: u64, packet: &impl PacketView) {
        if let Err(error) = self.writer.borrow_mut().packet(number, packet) {
            *self.lost.borrow_mut() = Some(error);
        }
    }

    /// Adds the next line.
    ///
    /// # Errors
    ///
    /// Errors of the file in which the line is kept, such as a full disk.
    pub fn line(&self, line: &Line, hosts: &Hosts) -> io::Result<()> {
        self.lost.take().map_or(Ok(()), Err)?;
        self.writer.borrow_mut().line(line, hosts)
    }

    /// Shows everything so far with its findings, as if it were complete. A growing
    /// capture may continue.
    ///
    /// # Errors
    ///
    /// The errors of [`line`](Self::line).
    pub fn show(&self, findings: Vec<Finding>, remark: Option<String>) -> io::Result<()> {
        self.lost.take().map_or(Ok(()), Err)?;
        self.writer.borrow_mut().flush()?;
        let mut shown = self.board.lock();
        shown.findings = Arc::new(findings);
        shown.remark = remark;
        shown.is_whole = true;
        if !self.is_shown.replace(true) {
            shown.version += 1;
            shown.sheet = Some(Arc::clone(self.sheet));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Lines as _;

    fn packet(number: u8) -> recording::Packet {
        recording::Packet {
            at: recording::Time::ZERO,
            interface: 0,
            direction: recording::Direction::Out,
            fault: None,
            frame: vec![number; 60].into(),
        }
    }

    /// A growing capture is shown as far as it was read, and replaces another only on
    /// `show`.
    #[test]
    fn what_grows_is_shown_whenever_it_is_told_to_be() {
        let board = Board::default();
        let has = |number| {
            let shown = board.now();
            let sheet = shown.sheet.unwrap();
            (shown.version, sheet.store.packet(number).is_some())
        };
        for version in 1..=2 {
            board
                .put(Hosts::of(&[]), Gutter::default(), |filling, _| {
                    filling.packet(version, &packet(1));
                    filling.show(vec![], None)?;
                    assert_eq!(has(version), (version, true));
                    assert!(board.now().is_whole);
                    filling.packet(version + 1, &packet(2));
                    assert_eq!(has(version + 1), (version, false));
                    filling.show(vec![], Some("cut".to_owned()))?;
                    assert_eq!(has(version + 1), (version, true));
                    Ok::<_, io::Error>((vec![], None))
                })
                .unwrap();
            assert_eq!(board.now().version, version);
        }
        assert_eq!(board.now().sheet.unwrap().store.count(), 0);
    }
}
