//! What a loading thread puts there for the view.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use recording::PacketView;
use report::{Gutter, Hosts, Line};

use crate::finding::Finding;
use crate::store::{Store, Writer};

/// Where a loading thread puts what it reads.
#[derive(Clone, Debug, Default)]
pub struct Board {
    shown: Arc<Mutex<Shown>>,
}

/// What the view shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    pub(crate) sheet: Option<Arc<Sheet>>,
    /// Whether all of it is there.
    pub(crate) is_whole: bool,
    pub(crate) findings: Arc<Vec<Finding>>,
    /// What is wrong behind what is there, or why there is nothing.
    pub(crate) remark: Option<String>,
    /// How often a sheet was put there.
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
    /// Begins a capture between these hosts: `fill` gives it its lines, and then what was
    /// found, and what is wrong behind it. The first is shown as it fills, and one that
    /// takes the place of another when it is whole.
    ///
    /// # Errors
    ///
    /// Those of `fill`, and of the file in which lines are kept.
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
            writer: RefCell::new(Writer::new(&sheet.store)),
            lost: RefCell::default(),
        };
        let (findings, remark) = fill(&filling, &sheet.hosts)?;
        filling.end()?;
        let mut shown = self.lock();
        shown.findings = Arc::new(findings);
        shown.remark = remark;
        shown.is_whole = true;
        shown.version += u64::from(!is_first);
        shown.sheet = Some(sheet);
        Ok(())
    }

    /// Says why there is nothing, so far.
    pub fn say(&self, words: &str) {
        self.lock().remark = Some(words.to_owned());
    }

    pub(crate) fn now(&self) -> Shown {
        self.lock().clone()
    }

    /// Each change is one step: a panic leaves it whole.
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the packets of a capture and the lines of its ladder.
#[derive(Debug)]
pub struct Filling<'s> {
    writer: RefCell<Writer<'s>>,
    /// Why a packet could not be kept.
    lost: RefCell<Option<io::Error>>,
}

impl Filling<'_> {
    /// A packet passes, before its line is made. Their numbers in the file must rise.
    pub fn packet(&self, number: u64, packet: &impl PacketView) {
        if let Err(error) = self.writer.borrow_mut().packet(number, packet) {
            *self.lost.borrow_mut() = Some(error);
        }
    }

    /// The next line.
    ///
    /// # Errors
    ///
    /// Those of the file in which it is kept: there is no room, perhaps.
    pub fn line(&self, line: &Line, hosts: &Hosts) -> io::Result<()> {
        self.lost.take().map_or(Ok(()), Err)?;
        self.writer.borrow_mut().line(line, hosts)
    }

    fn end(&self) -> io::Result<()> {
        self.lost.take().map_or(Ok(()), Err)?;
        self.writer.borrow_mut().flush()
    }
}
