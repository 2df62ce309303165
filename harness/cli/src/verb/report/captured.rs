//! Draws and diagnoses a capture for the report.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use diagnose::{Follower, findings, frames};
use report::{CARRIED, Captured, Diagnosis, Finding};
use trace::CaptureError;

use crate::known::Known;
use crate::verb::diagnose::follow;
use crate::verb::show::{Legend, beside};

/// Draws a capture. A damaged capture is drawn up to the damage, which is returned, too.
pub(super) fn draw(file: &Path) -> Result<(Captured, Option<CaptureError>), CaptureError> {
    let files = [file.to_owned()];
    let known = Known::of_all(&files)?;
    let (mut captured, damage) = of_known(&known, &files, name_of(file))?;
    captured.file = carried(file)?;
    Ok((captured, damage))
}

/// Draws two captures of the same call, made at two hosts, side by side. `None` for any
/// other captures.
pub(super) fn draw_beside(files: &[PathBuf]) -> Result<Option<Captured>, CaptureError> {
    let [one, other] = files else {
        return Ok(None);
    };
    let known = Known::of_all(files)?;
    if !matches!(&known, Known::Together(all) if all.sides.is_some()) {
        return Ok(None);
    }
    let name = format!("{} and {}, side by side", name_of(one), name_of(other));
    // A damage is reported where each capture is drawn by itself.
    Ok(Some(of_known(&known, files, name)?.0))
}

fn of_known(
    known: &Known,
    files: &[PathBuf],
    name: String,
) -> Result<(Captured, Option<CaptureError>), CaptureError> {
    let hosts = known.hosts();
    let damage = RefCell::new(None);
    let lines = |full| known.lines(files, &hosts, &damage, full);
    let mut captured = Captured::draw(name, &hosts, lines)?;
    captured.about = about(known);
    let (follower, _) = follow(files)?;
    captured.diagnosis = diagnosis(&follower, files.len(), known.start_ns().unwrap_or_default());
    Ok((captured, damage.into_inner()))
}

fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

fn about(known: &Known) -> Vec<String> {
    let Some(survey) = known.survey() else {
        return vec!["captured by sctp-lab".to_owned()];
    };
    let words = format!("{}{}", beside(known), Legend(survey));
    words.lines().map(str::to_owned).collect()
}

fn diagnosis(follower: &Follower, files: usize, start_ns: u64) -> Diagnosis {
    let page = diagnose::page(follower);
    let Some((_, end)) = follower.span else {
        return Diagnosis {
            page,
            findings: Vec::new(),
        };
    };
    let all = follower.associations.iter().enumerate();
    let found = all.flat_map(|(number, it)| {
        let found = findings(it, end).into_iter();
        found.map(move |(kind, one)| Finding {
            words: format!("#{} {}: {}", number + 1, kind.name, one.words),
            frames: [&[frames(&one.packets, files)], one.details.as_slice()]
                .concat()
                .join("; "),
            at: one
                .packets
                .first()
                .map(|it| it.at.saturating_sub(start_ns) / 1000),
            by: format!("{}, by {}", one.certainty, kind.rfc),
            remedy: kind.remedy.to_owned(),
        })
    });
    Diagnosis {
        page,
        findings: found.collect(),
    }
}

/// The bytes of the file for the page's script, unless the file is too large or packed.
fn carried(file: &Path) -> Result<Option<Vec<u8>>, CaptureError> {
    let io = |error| CaptureError::Io {
        path: file.to_owned(),
        error,
    };
    if fs::metadata(file).map_err(io)?.len() > CARRIED {
        return Ok(None);
    }
    let bytes = fs::read(file).map_err(io)?;
    let is_packed = bytes.starts_with(&[0x1f, 0x8b]);
    Ok((!is_packed).then_some(bytes))
}
