//! Programs of the user: the lab starts each in its node, reads its output, and ends it.

mod calling;
mod declare;
mod file;
mod follow;
mod known;
mod left;
mod lines;
mod sockets;
mod start;
mod watch;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Child;
use std::rc::Rc;

use net::Seen;
use scenario::EndpointName;
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::endpoint::AddressBook;
use super::error::RunError;
use super::journal::Journal;
use super::names::Names;

pub use file::ProgramFile;
pub(crate) use file::{lack, why_not};
use watch::Watch;

/// A program of the scenario, whether it runs or not.
pub(crate) struct Program {
    config: RefCell<Rc<scenario::Program>>,
    path: PathBuf,
    journal: Rc<Journal>,
    /// The program's working folder, deleted when this value is dropped.
    folder: TempDir,
    watch: Rc<Watch>,
    running: RefCell<Option<Running>>,
}

/// A program that was started.
struct Running {
    /// `None` once the program has ended and its status is taken: from then on the kernel
    /// may give its process ID to another process.
    child: Rc<RefCell<Option<Child>>>,
    /// Notified when the program has ended.
    gone: Rc<Notify>,
    follower: JoinHandle<()>,
}

/// The programs of a scenario, each with its file and its folder; none runs yet.
pub(crate) fn open(
    programs: &[scenario::Program],
    files: &BTreeMap<String, ProgramFile>,
    journal: &Rc<Journal>,
    names: &Rc<Names>,
) -> Result<BTreeMap<EndpointName, Rc<Program>>, RunError> {
    let mut all = BTreeMap::new();
    for config in programs {
        // `file::lack` has ended the run already where a file is missing.
        let Some(file) = files.get(&config.program) else {
            continue;
        };
        let folder = tempfile::Builder::new()
            .prefix("sctp-lab-")
            .tempdir()
            .map_err(|error| RunError::Endpoint {
                endpoint: config.name.to_string(),
                call: "making its working folder".to_owned(),
                error,
            })?;
        let program = Rc::new(Program {
            config: RefCell::new(Rc::new(config.clone())),
            path: file.path.clone(),
            journal: Rc::clone(journal),
            folder,
            watch: Watch::new(config, journal, names),
            running: RefCell::default(),
        });
        all.insert(config.name.clone(), program);
    }
    Ok(all)
}

impl Program {
    /// Sets how the program is run from its next start on.
    pub(crate) fn becomes(&self, config: &scenario::Program) {
        self.config.replace(Rc::new(config.clone()));
        self.watch.set_port(config.port);
    }

    /// Learns which endpoint has which transport address.
    pub(crate) fn set_book(&self, book: Rc<AddressBook>) {
        self.watch.set_book(book);
    }

    /// Puts on record the state of every path of every association of the program.
    pub(crate) fn sample_paths(&self) {
        self.look(None);
    }

    /// Why nothing is known of the program's associations, where the kernel hides them.
    pub(crate) fn why_hidden(&self) -> Option<String> {
        self.watch.refused()
    }

    /// Puts on record what has changed in the program's associations without a frame: a timer
    /// has run out for the last time, or the interface of a path is down.
    pub(crate) fn look_again(&self) {
        let seen = Seen {
            other: true,
            ..Seen::default()
        };
        self.look(Some(&seen));
    }

    fn look(&self, seen: Option<&Seen>) {
        let running = self.running.borrow();
        let child = running.as_ref().map(|it| it.child.borrow());
        let group = child.as_ref().and_then(|it| it.as_ref()).map(Child::id);
        if group.is_some() || self.watch.has_associations() {
            self.watch.look(group, seen);
        }
    }

    fn config(&self) -> Rc<scenario::Program> {
        Rc::clone(&self.config.borrow())
    }

    /// Kills the program and all that it has started, if it runs, and waits until it is
    /// gone.
    pub(crate) async fn end(&self) {
        let Some(running) = self.running.take() else {
            return;
        };
        let runs = running.child.borrow().as_ref().map(process::kill_group);
        if runs.is_some() {
            running.gone.notified().await;
        }
    }
}

/// However a run ends, no process of the program is left.
impl Drop for Running {
    fn drop(&mut self) {
        // A child that has left the program's process group may hold its output open for
        // ever.
        self.follower.abort();
        if let Some(mut child) = self.child.take() {
            let _ = process::end(&mut child);
        }
    }
}
