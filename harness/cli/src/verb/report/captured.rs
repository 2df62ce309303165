//! A capture, drawn and diagnosed for the report.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use diagnose::{Follower, findings, frames};
use report::{CARRIED, Captured, Diagnosis, Finding};
use trace::CaptureError;

use crate::known::Known;
use crate::verb::diagnose::follow;
use crate::verb::show::Legend;

/// What is damaged is shown up to the damage, which is told with it.
pub(super) fn draw(file: &Path) -> Result<(Captured, Option<CaptureError>), CaptureError> {
    let known = Known::of(trace::open(file)?)?;
    let hosts = known.hosts();
    let damage = RefCell::new(None);
    let lines = |full| -> Result<_, CaptureError> {
        let packets = known.packets(trace::open(file)?);
        let packets = packets.up_to(&damage);
        Ok(report::lines(&hosts, known.setting(), packets, [], full))
    };
    let name = file.file_name().unwrap_or(file.as_os_str());
    let mut captured = Captured::draw(name.to_string_lossy().into_owned(), &hosts, lines)?;
    captured.about = about(&known);
    let (follower, _) = follow(&[file.to_owned()])?;
    captured.diagnosis = diagnosis(&follower, known.start_ns().unwrap_or_default());
    captured.file = carried(file)?;
    Ok((captured, damage.into_inner()))
}

fn about(known: &Known) -> Vec<String> {
    match known {
        Known::OfTheLab(_) => vec!["captured by sctp-lab".to_owned()],
        Known::Surveyed(survey) => {
            let legend = Legend(survey).to_string();
            legend.lines().map(str::to_owned).collect()
        }
    }
}

fn diagnosis(follower: &Follower, start_ns: u64) -> Diagnosis {
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
            frames: [&[frames(&one.packets, 1)], one.details.as_slice()]
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

/// The file as it is, if it is not too large and not packed: the page's script reads it.
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
