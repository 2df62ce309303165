//! The place of Linux's `Tables` on FreeBSD, where no program of others is followed.

use std::io;

use crate::association::{Listed, ListedPath};

/// The tables of associations, which the lab reads on Linux alone. So no value of this type
/// exists.
#[derive(Debug)]
pub enum Tables {}

impl Tables {
    /// All associations.
    ///
    /// # Errors
    /// None: there are no `Tables` to read.
    pub fn associations(&self) -> io::Result<Vec<Listed>> {
        match *self {}
    }

    /// The paths of an association.
    ///
    /// # Errors
    /// None: there are no `Tables` to read.
    pub fn paths(&self, _association: u32) -> io::Result<Vec<ListedPath>> {
        match *self {}
    }

    /// How often T1 has run out.
    ///
    /// # Errors
    /// None: there are no `Tables` to read.
    pub fn t1_expiries(&self) -> io::Result<u64> {
        match *self {}
    }
}
