//! Reads the rows of a folder one at a time. Only the offset of each row is in memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Seek;
use std::io::{self, BufRead, BufReader, SeekFrom};
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::row::Row;

/// The file of rows in a sweep's folder: one row of JSON in each line.
pub const ROWS: &str = "rows.jsonl";

/// The rows of a folder: the last row of each cell, in the order of the grid.
#[derive(Debug)]
pub struct Rows {
    path: PathBuf,
    file: RefCell<BufReader<File>>,
    /// The offset of each row in the file in bytes, and the row's line, from 1.
    places: Vec<(u64, usize)>,
}

impl Rows {
    /// The rows of a sweep's folder. Another process may go on writing to the folder.
    ///
    /// # Errors
    /// The file cannot be read, or has a line that is no row.
    pub fn of(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(ROWS);
        let mut places: BTreeMap<(u64, String), (u64, usize)> = BTreeMap::new();
        each(&path, |place, row| {
            places.insert((row.index, row.cell), place);
        })?;
        let file = File::open(&path).map_err(|source| failed(&path, source))?;
        Ok(Self {
            file: RefCell::new(BufReader::new(file)),
            places: places.into_values().collect(),
            path,
        })
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The row at an index, from 0.
    ///
    /// # Errors
    /// The file cannot be read, or its line is no row any more.
    pub fn get(&self, place: usize) -> Option<Result<Row, StoreError>> {
        let (at, line) = *self.places.get(place)?;
        let read = || {
            let mut file = self.file.borrow_mut();
            // A relative seek keeps the buffer: rows nearby are read without the disk.
            let here = file.stream_position()?;
            match (i64::try_from(at), i64::try_from(here)) {
                (Ok(to), Ok(from)) => file.seek_relative(to - from)?,
                _ => drop(file.seek(SeekFrom::Start(at))?),
            }
            let mut bytes = Vec::new();
            file.read_until(b'\n', &mut bytes)?;
            Ok(bytes)
        };
        let read: io::Result<Vec<u8>> = read();
        Some(
            read.map_err(|source| failed(&self.path, source))
                .and_then(|bytes| parse(&self.path, line, &bytes)),
        )
    }

    /// All rows, in the order of the grid.
    pub fn iter(&self) -> impl Iterator<Item = Result<Row, StoreError>> + '_ {
        (0..self.len()).filter_map(|place| self.get(place))
    }
}

/// Shows every row of a file, with its offset and line, in the order of the file.
pub(crate) fn each(path: &Path, mut show: impl FnMut((u64, usize), Row)) -> Result<(), StoreError> {
    let file = File::open(path).map_err(|source| failed(path, source))?;
    let mut reader = BufReader::new(file);
    let (mut at, mut line) = (0, 1);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let length = reader
            .read_until(b'\n', &mut bytes)
            .map_err(|source| failed(path, source))?;
        if length == 0 {
            return Ok(());
        }
        show((at, line), parse(path, line, &bytes)?);
        at += length as u64;
        line += 1;
    }
}

fn parse(path: &Path, line: usize, bytes: &[u8]) -> Result<Row, StoreError> {
    serde_json::from_slice(bytes).map_err(|source| StoreError::Damaged {
        path: path.to_owned(),
        line,
        source,
    })
}

fn failed(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source,
    }
}
