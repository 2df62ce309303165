//! Compares the reason for which a sabotaged scenario failed with its snapshot.

use std::fs;
use std::path::{Path, PathBuf};

use oracle::Judgement;
use recording::{Engine, Recording};

use super::exact::varies;

/// The kernel on which the reasons were pinned, without what its package adds.
const PINNED_ON: &str = "Linux 6.1.";

/// Compares the reason for which a sabotaged scenario failed with its pinned reason, so that
/// no sabotage proves anything by another reason than its own.
///
/// In the `vm` engine every count is compared. Counts may differ on another kernel, with
/// another seed, in real time, where the scenario depends on chance, and where samples of
/// paths are counted. In these cases only the assertion, what the assertion wants and the
/// words of what it saw are compared.
///
/// # Errors
///
/// If the reasons differ, with both.
///
/// # Panics
///
/// With the difference from the snapshot, where every count is compared.
pub fn assert_reason(
    name: &str,
    judgement: &Judgement,
    recording: &Recording,
) -> Result<(), String> {
    let reason = without_random_numbers(&without_times(&reason(judgement)));
    let info = &recording.info;
    let is_exact = info.engine == Engine::Vm
        && info.seed.is_none()
        && info.exact != Some(false)
        && !varies(&info.scenario)
        && !counts_samples(&reason)
        && info.kernel.starts_with(PINNED_ON);
    let file = folder().join(format!("{name}.snap"));
    // Without a snapshot this kernel makes one: the kernel that the others are pinned on
    // may have to skip the scenario.
    if is_exact || !file.exists() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, reason));
        return Ok(());
    }
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let pinned = text.splitn(3, "---\n").nth(2).unwrap_or_default();
    match without_counts(pinned) == without_counts(&reason) {
        true => Ok(()),
        false => Err(format!(
            "it failed by\n{reason}\nand always did by\n{pinned}"
        )),
    }
}

/// Whether samples of paths or associations are counted. The lab's program takes a sample
/// whenever it gets to run, so that each build of the program takes another number of them.
fn counts_samples(reason: &str) -> bool {
    let mut wanted = reason.lines().filter(|line| line.starts_with("wanted: "));
    wanted.any(|line| line.contains(" × path of ") || line.contains(" × association of "))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/sabotages")
}

fn reason(judgement: &Judgement) -> String {
    let Judgement {
        name,
        wanted,
        seen,
        cause,
        ..
    } = judgement;
    let cause = cause.as_deref().unwrap_or("none");
    format!("{name}\nwanted: {wanted}\nseen: {seen}\ncause: {cause}\n")
}

/// Removes times. A time is a number with one point, and an address has three. A bound and
/// the timers that ran are computed from measured times, so they are removed, too.
fn without_times(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let of_times = ["; bound ", "; the timers are right: "];
        let cut = of_times.iter().find_map(|it| {
            let (before, _) = line.split_once(it)?;
            Some(format!("{before}{it}…"))
        });
        let line = cut.unwrap_or_else(|| line.to_owned());
        let words = line.split(' ').map(|word| {
            let number = word.trim_end_matches([',', ';', ':']);
            let is_time = number.matches('.').count() == 1
                && number.chars().all(|it| it.is_ascii_digit() || it == '.');
            match is_time {
                true => word.replace(number, "…"),
                false => word.to_owned(),
            }
        });
        words.collect::<Vec<_>>().join(" ")
    });
    lines.map(|line| line + "\n").collect()
}

/// Removes the tag and the first TSN of INIT and INIT ACK, which are random numbers.
fn without_random_numbers(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let mut before = "";
        let words = line.split(' ').map(|word| {
            let is_first_tsn = before.starts_with("mis=") && word.starts_with("tsn=");
            before = word;
            match word.split_once('=') {
                Some((name @ "tag", value)) if value.starts_with("0x") => format!("{name}=…"),
                Some((name, _)) if is_first_tsn => format!("{name}=…"),
                _ => word.to_owned(),
            }
        });
        words.collect::<Vec<_>>().join(" ")
    });
    lines.map(|line| line + "\n").collect()
}

/// Removes what is chance: counts, what came near, which timer ran last, and causes.
fn without_counts(text: &str) -> String {
    let lines = text
        .trim()
        .lines()
        .filter(|line| !line.starts_with("cause:"));
    let lines = lines.map(|line| {
        let seen = line.split(';').next().unwrap_or_default();
        match line.starts_with("seen:") {
            true => seen.chars().filter(|it| !it.is_ascii_digit()).collect(),
            false => line.to_owned(),
        }
    });
    lines.collect::<Vec<String>>().join("\n")
}
