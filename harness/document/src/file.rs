//! Reads a file and parses it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Problems, Span};

/// Reason why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// The file.
        path: String,
        /// Error of the system.
        source: std::io::Error,
    },
    /// The file has mistakes.
    #[error("{} in {path}", mistakes(.diagnostics.len()))]
    Wrong {
        /// The file.
        path: String,
        /// Text of the file, for showing the places.
        source_text: String,
        /// The mistakes, in the order of the file. Never empty.
        diagnostics: Vec<Diagnostic>,
    },
}

fn mistakes(count: usize) -> String {
    match count {
        1 => "1 mistake".to_owned(),
        _ => format!("{count} mistakes"),
    }
}

/// Reads a file and calls `parse` with its text. Returns the text, too.
///
/// # Errors
/// If the file cannot be read, is not text, or `parse` finds mistakes.
pub fn read_file<T>(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<T, Vec<Diagnostic>>,
) -> Result<(T, String), FileError> {
    let shown = path.display().to_string();
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(source) => {
            return Err(FileError::Unreadable {
                path: shown,
                source,
            });
        }
    };
    let (source_text, parsed) = match String::from_utf8(bytes) {
        Ok(text) => {
            let parsed = parse(&text);
            (text, parsed)
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let wrong = not_text(&text, at);
            (text, Err(wrong))
        }
    };
    match parsed {
        Ok(value) => Ok((value, source_text)),
        Err(diagnostics) => Err(FileError::Wrong {
            path: shown,
            source_text,
            diagnostics,
        }),
    }
}

/// Greatest size of a file in bytes, far more than people write. A file without an end,
/// such as a device, is not read further.
const LONGEST: u64 = 4 << 20;

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LONGEST {
        true => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("it has more than {} MiB", LONGEST >> 20),
        )),
        false => Ok(bytes),
    }
}

fn not_text(shown: &str, at: usize) -> Vec<Diagnostic> {
    let mut problems = Problems::new(shown);
    let byte = Span {
        start: at,
        end: at + 1,
    };
    problems
        .add(byte, "this is not text in UTF-8", "this byte")
        .help("save the file in UTF-8");
    problems.sorted()
}
