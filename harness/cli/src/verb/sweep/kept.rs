//! The recordings that a sweep keeps, each with a page.

use std::fs;
use std::path::Path;

use oracle::Verdict;
use recording::Recording;
use scenario::Scenario;

use super::results::PAGES;

const RECORDINGS: &str = "recordings";

/// Keeps a cell's recording and its page in a sweep's folder.
pub(super) fn keep(
    folder: &Path,
    cell: &str,
    recording: &Recording,
    scenario: &Scenario,
    verdict: &Verdict,
) -> Result<(), String> {
    let run = report::Run {
        recording,
        scenario,
        verdict,
        good: verdict.passed(),
    };
    let page = report::html(&[run], &mut []).map_err(in_words)?;
    let (recordings, pages) = (folder.join(RECORDINGS), folder.join(PAGES));
    fs::create_dir_all(&recordings).map_err(in_words)?;
    fs::create_dir_all(&pages).map_err(in_words)?;
    recording.write(&recordings.join(cell)).map_err(in_words)?;
    let page_file = pages.join(format!("{cell}.html"));
    disk::replace(&page_file, page.as_bytes()).map_err(in_words)
}

/// Copies a cell's recording and its page from one sweep's folder into another's under the
/// name `name`, unless they were not kept or are there already.
pub(super) fn take_over(from: &Path, cell: &str, to: &Path, name: &str) -> Result<(), String> {
    let page = from.join(PAGES).join(format!("{cell}.html"));
    let folder = from.join(RECORDINGS).join(cell);
    if !page.is_file() || !folder.is_dir() || to.join(RECORDINGS).join(name).is_dir() {
        return Ok(());
    }
    let (recordings, pages) = (to.join(RECORDINGS), to.join(PAGES));
    fs::create_dir_all(&recordings).map_err(in_words)?;
    fs::create_dir_all(&pages).map_err(in_words)?;
    let recording = Recording::read(&folder).map_err(in_words)?;
    recording.write(&recordings.join(name)).map_err(in_words)?;
    let content = fs::read(&page).map_err(in_words)?;
    disk::replace(&pages.join(format!("{name}.html")), &content).map_err(in_words)
}

fn in_words(error: impl std::fmt::Display) -> String {
    error.to_string()
}
