//! `sctp-lab diagnose`: tells what went wrong with the associations of captures.

mod live;

use std::iter;
use std::path::{Path, PathBuf};

use diagnose::{Follower, Moment, findings};
use recording::{CAPTURE, PacketView as _};
use trace::{CaptureError, Captures, Clock, Packet};

use crate::args::Diagnose;
use crate::console;
use crate::exit::Exit;

/// A damaged capture is diagnosed up to the damage, which is reported afterwards.
pub(crate) fn run(args: &Diagnose) -> Exit {
    let followed = match args.follow {
        true => match args.files.as_slice() {
            [file] => live::follow(file, args.json),
            _ => {
                console::error("--follow reads one file");
                return Exit::Wrong;
            }
        },
        false => follow(&args.files),
    };
    let (follower, damage) = match followed {
        Ok(followed) => followed,
        Err(error) => return fail(&error),
    };
    if args.json {
        console::print_all(diagnose::json(&follower).map(|it| format!("{it}\n")));
    } else {
        let proof = diagnose::proof(&follower, args.files.len());
        let page = diagnose::page(&follower);
        // Causes of errors may quote the peer's own words, so all lines are escaped.
        let lines = page.lines().chain(iter::once("")).chain(proof.lines());
        let last = if proof.is_empty() {
            page.lines().count()
        } else {
            usize::MAX
        };
        console::print_all(
            lines
                .take(last)
                .map(|it| format!("{}\n", report::escape(it))),
        );
    }
    if let Some(error) = damage {
        return fail(&error);
    }
    Exit::of_verdict(!has_findings(&follower))
}

fn fail(error: &CaptureError) -> Exit {
    console::error(&error.to_string());
    Exit::of_capture(error)
}

fn has_findings(follower: &Follower) -> bool {
    follower.span.is_some_and(|(_, end)| {
        let mut all = follower.associations.iter();
        all.any(|it| !findings(it, end).is_empty())
    })
}

/// Reads the captures once, and follows their associations. Also returns the last damage of
/// a capture, if there is one.
pub(crate) fn follow(files: &[PathBuf]) -> Result<(Follower, Option<CaptureError>), CaptureError> {
    let files: Vec<PathBuf> = files.iter().map(|it| capture_of(it)).collect();
    let captures = Captures::of(&files)?;
    let clock = captures.sides()?.map_or_else(Clock::default, |it| it.clock);
    let mut merged = captures.once(clock)?;
    let mut follower = Follower::default();
    let mut damage = None;
    while let Some(packet) = merged.next() {
        let (file, packet) = match packet {
            Ok(packet) => packet,
            Err(error) => {
                damage = Some(error);
                continue;
            }
        };
        let at = merged.at(file, &packet);
        take_in(&mut follower, &packet, file, at);
    }
    follower.end();
    follower.copies = merged.copies();
    let translations = captures.translations().iter();
    follower.translations = translations.map(ToString::to_string).collect();
    match (follower.span, damage, files.as_slice()) {
        (None, Some(error), _) => Err(error),
        (None, None, [file, ..]) => Err(CaptureError::no_sctp(file)),
        (_, damage, _) => Ok((follower, damage)),
    }
}

pub(crate) fn take_in(follower: &mut Follower, packet: &Packet, file: usize, at: u64) {
    let Ok(frame) = packet.frame() else {
        return;
    };
    let moment = Moment {
        at,
        number: packet.number_in_file(),
        file,
    };
    // The lab's mark on a packet that one of its rules has dropped.
    let is_lost = packet.fault().is_some_and(|it| it.starts_with("dropped "));
    follower.take_in(&frame, moment, is_lost);
}

/// The capture in the folder of a recording, or the file itself.
pub(crate) fn capture_of(file: &Path) -> PathBuf {
    match file.is_dir() {
        true => file.join(CAPTURE),
        false => file.to_owned(),
    }
}
