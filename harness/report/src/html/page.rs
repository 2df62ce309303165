//! The whole page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use recording::FolderError;
use sha2::{Digest, Sha256};

use super::captured::Captured;
use super::matrix::Ids;
use super::pack::pack;
use super::{Run, data, matrix, run};
use crate::hosts::Hosts;

const STYLE: &str = include_str!("page/report.css");

/// The page's script, joined from its files. The first file opens a function that the
/// last file closes, so that no name of the script is global.
const SCRIPT: &str = concat!(
    include_str!("page/tools.js"),
    include_str!("page/streams.js"),
    include_str!("page/trips.js"),
    include_str!("page/report.js"),
);

/// A section of the page, and the data that the script unpacks when the section is
/// opened.
struct Part {
    section: Markup,
    data: String,
    capture: Option<(String, String)>,
}

/// The report on runs and captures, as the text of one HTML file.
///
/// # Errors
///
/// An error of encoding the page's data.
pub fn html(runs: &[Run<'_>], captures: &mut [Captured]) -> Result<String, ReportError> {
    let alone = runs.len() + captures.len() == 1;
    let mut ids = Ids::default();
    let run_ids: Vec<String> = runs.iter().map(|it| ids.of(&matrix::title(it))).collect();
    let capture_ids: Vec<String> = captures.iter().map(|it| ids.of(&it.name)).collect();
    let name = match (runs, &*captures) {
        ([run], []) => matrix::title(run),
        ([], [capture]) => capture.name.clone(),
        (runs, []) => format!("{} runs", runs.len()),
        ([], captures) => format!("{} captures", captures.len()),
        (runs, captures) => format!("{} runs, {} captures", runs.len(), captures.len()),
    };
    let mut parts = Vec::new();
    for (number, run) in runs.iter().enumerate() {
        parts.push(of_run(number, &run_ids[number], run, runs, alone)?);
    }
    for (capture, id) in captures.iter_mut().zip(&capture_ids) {
        parts.push(of_capture(parts.len(), id, capture, alone)?);
    }
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { "sctp-lab: " (name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    @if !alone {
                        section #all {
                            h1 { "sctp-lab" }
                            @if !runs.is_empty() { (matrix::matrix(runs, &run_ids)) }
                            @if !captures.is_empty() { (matrix::captures(captures, &capture_ids)) }
                        }
                    }
                    @for part in &parts { (part.section) }
                    noscript { p.bad { "Without its script this page shows no ladder." } }
                }
                // Base64 has no character that is special in HTML.
                @for (number, part) in parts.iter().enumerate() {
                    script type="text/plain" id=(format!("data-{number}")) {
                        (PreEscaped(&part.data))
                    }
                    @if let Some((name, capture)) = &part.capture {
                        script type="text/plain" id=(format!("capture-{number}")) data-name=(name) {
                            (PreEscaped(capture))
                        }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    Ok(page.into_string())
}

fn of_run(
    number: usize,
    id: &str,
    run: &Run<'_>,
    all: &[Run<'_>],
    alone: bool,
) -> Result<Part, ReportError> {
    let hosts = Hosts::of(&run.recording.interfaces);
    let full = data::lines_of(run, &hosts, true);
    let traffic = data::traffic_of(run, &hosts, &full);
    let data = serde_json::to_vec(&data::of(run, &hosts, &traffic, full))?;
    let name = format!("{}.pcapng", run.recording.info.scenario);
    Ok(Part {
        section: run::section(number, id, run, all, (&hosts, &traffic, alone)),
        data: pack(&data)?,
        capture: Some((name, pack(&run.recording.to_pcapng()?)?)),
    })
}

fn of_capture(
    number: usize,
    id: &str,
    capture: &mut Captured,
    alone: bool,
) -> Result<Part, ReportError> {
    let data = pack(&serde_json::to_vec(&capture.data())?)?;
    let file = capture.file.take();
    let file =
        file.map(|bytes| -> Result<_, ReportError> { Ok((capture.name.clone(), pack(&bytes)?)) });
    Ok(Part {
        section: capture.section(number, id, alone),
        data,
        capture: file.transpose()?,
    })
}

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The capture could not be encoded.
    #[error(transparent)]
    Capture(#[from] FolderError),
    /// The data of the drawings could not be encoded.
    #[error("encoding the ladder: {0}")]
    Data(#[from] serde_json::Error),
    /// The data could not be compressed.
    #[error("compressing: {0}")]
    Compression(#[from] std::io::Error),
}

/// The content security policy: nothing is fetched, and only the page's own script runs.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{hash}'"
    )
}
