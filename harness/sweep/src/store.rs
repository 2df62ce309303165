//! Stores rows on disk as they come.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::fcntl::{Flock, FlockArg};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::row::{Outcome, Row};
use crate::rows::{ROWS, Rows, each};

const MANIFEST: &str = "sweep.json";

/// The sweep that a folder belongs to, stored in the folder as `sweep.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// The version of the form.
    pub format: u32,
    /// The scenario's name.
    pub scenario: String,
    /// The scenario's text.
    pub source: String,
    /// The engine or kernels that the cells run on, as the command line names them.
    pub place: String,
}

/// The folder of a sweep. Only the process that has opened the store writes to the folder.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    rows: Flock<File>,
    /// The identities of the cells with a result.
    done: BTreeSet<String>,
}

impl Manifest {
    /// Reads the manifest of a folder.
    ///
    /// # Errors
    /// The folder is no sweep's.
    pub fn of(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(MANIFEST);
        let bytes = fs::read(&path).map_err(|source| StoreError::Io {
            path: path.clone(),
            source,
        })?;
        serde_json::from_slice(&bytes).map_err(|source| StoreError::Damaged {
            path,
            line: source.line(),
            source,
        })
    }
}

/// How long to wait for the lock of a killed lab. A child that the killed lab had just
/// forked inherits the lock, and holds it until the child executes its program or ends.
const HELD_ON: Duration = Duration::from_secs(3);

/// Locks the file; `None` if another lab holds the lock.
fn locked(mut file: File) -> Option<Flock<File>> {
    let until = Instant::now() + HELD_ON;
    loop {
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(locked) => return Some(locked),
            Err(_) if Instant::now() >= until => return None,
            Err((unlocked, _)) => file = unlocked,
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Store {
    /// Opens the folder of a sweep, or makes one. A line that a crash has cut off is
    /// dropped, and its cell is run again.
    ///
    /// # Errors
    /// The folder is no sweep's, is another sweep's, is in use, or cannot be read or written.
    pub fn open(folder: &Path, manifest: &Manifest) -> Result<Self, StoreError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| StoreError::Io { path, source }
        };
        let manifest_file = folder.join(MANIFEST);
        if !manifest_file.exists() && has_entries(folder) {
            return Err(StoreError::Foreign(folder.to_owned()));
        }
        fs::create_dir_all(folder).map_err(failed(folder))?;
        let path = folder.join(ROWS);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(failed(&path))?;
        let rows = locked(file).ok_or_else(|| StoreError::Busy(folder.to_owned()))?;
        match fs::read(&manifest_file) {
            Ok(bytes) => compare(&bytes, manifest)
                .map_err(|what| StoreError::Other(folder.to_owned(), what))?,
            Err(_) => {
                let bytes = serde_json::to_vec_pretty(manifest).map_err(io::Error::from);
                bytes
                    .and_then(|bytes| disk::replace(&manifest_file, &bytes))
                    .map_err(failed(&manifest_file))?;
            }
        }
        let mut store = Self {
            folder: folder.to_owned(),
            rows,
            done: BTreeSet::new(),
        };
        store.drop_torn_line().map_err(failed(&path))?;
        let mut done = BTreeSet::new();
        each(&path, |_, row| {
            if row.outcome != Outcome::NotRun {
                done.insert(row.cell);
            }
        })?;
        store.done = done;
        Ok(store)
    }

    /// The folder of the sweep.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a cell has a result.
    #[must_use]
    pub fn has(&self, cell: &str) -> bool {
        self.done.contains(cell)
    }

    /// Writes a row to the folder. A second row of a cell with a result is not written.
    ///
    /// # Errors
    /// The file system refuses the write.
    pub fn keep(&mut self, row: &Row) -> Result<(), StoreError> {
        if self.has(&row.cell) {
            return Ok(());
        }
        let write = || -> io::Result<()> {
            let mut line = serde_json::to_vec(row)?;
            line.push(b'\n');
            let mut file = &*self.rows;
            file.seek(SeekFrom::End(0))?;
            // In one call, so that a crash cuts off at most this line.
            file.write_all(&line)
        };
        write().map_err(|source| StoreError::Io {
            path: self.folder.join(ROWS),
            source,
        })?;
        if row.outcome != Outcome::NotRun {
            self.done.insert(row.cell.clone());
        }
        Ok(())
    }

    /// The rows in the folder.
    ///
    /// # Errors
    /// The file cannot be read, or has a line that is no row.
    pub fn rows(&self) -> Result<Rows, StoreError> {
        Rows::of(&self.folder)
    }

    /// Cuts the file after its last newline. Each line is written by one call, so a crash
    /// can tear only the last line.
    fn drop_torn_line(&mut self) -> io::Result<()> {
        const PART: u64 = 64 * 1024;
        let mut file = &*self.rows;
        let mut end = file.seek(SeekFrom::End(0))?;
        let all = end;
        while end > 0 {
            let start = end.saturating_sub(PART);
            let mut part = vec![0; usize::try_from(end - start).unwrap_or(usize::MAX)];
            file.seek(SeekFrom::Start(start))?;
            file.read_exact(&mut part)?;
            if let Some(last) = part.iter().rposition(|byte| *byte == b'\n') {
                end = start + last as u64 + 1;
                break;
            }
            end = start;
        }
        match end == all {
            true => Ok(()),
            false => self.rows.set_len(end),
        }
    }
}

fn has_entries(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file()
}

fn compare(bytes: &[u8], manifest: &Manifest) -> Result<(), &'static str> {
    let Ok(there) = serde_json::from_slice::<Manifest>(bytes) else {
        return Err("its sweep.json cannot be read");
    };
    if there.scenario != manifest.scenario {
        Err("it is of another scenario")
    } else if there.source != manifest.source {
        Err("its scenario has changed since")
    } else if there.place != manifest.place {
        Err("it runs on another kernel")
    } else if there.format != manifest.format {
        Err("it is of another version of the lab")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            format: 1,
            scenario: "it".into(),
            source: "title: it\n".into(),
            place: "vm".into(),
        }
    }

    fn row(index: u64, outcome: Outcome) -> Row {
        Row {
            cell: format!("{index:016x}"),
            index,
            scenario: "it".into(),
            parameters: BTreeMap::new(),
            engine: None,
            kernel: None,
            outcome,
            why: None,
            protocol_time: Some(1.5),
            numbers: BTreeMap::from([("gap".to_owned(), 0.25)]),
        }
    }

    #[test]
    fn a_sweep_goes_on_where_it_was_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("sweep");
        let mut store = Store::open(&folder, &manifest()).unwrap();
        store.keep(&row(1, Outcome::Passed)).unwrap();
        store.keep(&row(0, Outcome::Failed)).unwrap();
        store.keep(&row(2, Outcome::NotRun)).unwrap();
        assert!(matches!(
            Store::open(&folder, &manifest()),
            Err(StoreError::Busy(_))
        ));
        drop(store);
        let mut file = OpenOptions::new()
            .append(true)
            .open(folder.join(ROWS))
            .unwrap();
        file.write_all(b"{\"cell\":\"00").unwrap();

        let mut store = Store::open(&folder, &manifest()).unwrap();
        let has = |store: &Store, index| store.has(&row(index, Outcome::Passed).cell);
        assert_eq!(
            [0, 1, 2, 3].map(|it| has(&store, it)),
            [true, true, false, false]
        );
        store.keep(&row(2, Outcome::Passed)).unwrap();
        let rows = store.rows().unwrap();
        let outcomes: Vec<Outcome> = rows.iter().map(|row| row.unwrap().outcome).collect();
        assert_eq!(
            outcomes,
            [Outcome::Failed, Outcome::Passed, Outcome::Passed]
        );
    }

    #[test]
    fn what_is_not_its_own_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.tex"), "mine").unwrap();
        let refused = Store::open(folder.path(), &manifest());
        assert!(matches!(refused, Err(StoreError::Foreign(_))));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

        let own = folder.path().join("sweep");
        drop(Store::open(&own, &manifest()).unwrap());
        let other = Manifest {
            source: "title: other\n".into(),
            ..manifest()
        };
        let refused = Store::open(&own, &other);
        assert!(matches!(refused, Err(StoreError::Other(..))));
    }
}
