//! The whole page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, PreEscaped, html};
use recording::FolderError;
use sha2::{Digest, Sha256};

use super::pack::pack;
use super::{Run, data, matrix, run};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Makes the report of one or many runs, as the text of one HTML file.
///
/// # Errors
///
/// Those of encoding what the page carries along.
pub fn html(runs: &[Run<'_>]) -> Result<String, ReportError> {
    let alone = runs.len() == 1;
    let mut packed = Vec::new();
    for run in runs {
        let data = serde_json::to_vec(&data::of(run))?;
        packed.push((pack(&data)?, pack(&run.recording.to_pcapng()?)?));
    }
    let ids = matrix::ids(runs);
    let name = match runs {
        [run] => matrix::title(run),
        _ => format!("{} runs", runs.len()),
    };
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
                    @if !alone { section #all { (matrix::matrix(runs, &ids)) } }
                    @for (number, run) in runs.iter().enumerate() {
                        (run::section(number, &ids[number], run, runs))
                    }
                    noscript { p.bad { "Without its script this page shows no ladder." } }
                }
                // Base64 holds no character that means anything in HTML.
                @for (number, (data, capture)) in packed.iter().enumerate() {
                    script type="text/plain" id=(format!("data-{number}")) { (PreEscaped(data)) }
                    script type="text/plain" id=(format!("capture-{number}"))
                        data-name=(format!("{}.pcapng", runs[number].recording.info.scenario)) {
                        (PreEscaped(capture))
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    Ok(page.into_string())
}

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The capture could not be encoded.
    #[error(transparent)]
    Capture(#[from] FolderError),
    /// What is drawn could not be encoded.
    #[error("encoding the ladder: {0}")]
    Data(#[from] serde_json::Error),
    /// It could not be compressed.
    #[error("compressing: {0}")]
    Compression(#[from] std::io::Error),
}

/// Nothing is fetched, and no script runs but the page's own.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{hash}'"
    )
}
