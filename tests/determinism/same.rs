//! Compares two runs for equality.

use std::fs;

use libtest_mimic::Completion;
use recording::{CAPTURE, Engine, OBSERVATIONS};
use tests::{Lab, Ran, Wanted, assert_flow, lesson};

use crate::SCENARIO;

/// The run that all runs here are variations of.
pub(crate) fn wanted() -> Wanted {
    Wanted::of(&lesson(SCENARIO), Engine::Vm)
}

/// Runs the scenario, and asserts that verdict and flow are those of every run.
pub(crate) fn run(lab: Lab, wanted: &Wanted) -> Result<Ran, String> {
    let ran = lab.run(wanted)?;
    if ran.exit != Some(0) {
        return Err(format!("exit code {:?}:\n{}", ran.exit, ran.said));
    }
    assert_flow(SCENARIO, &ran.recording);
    Ok(ran)
}

/// The result of a comparison: nothing, where the machine gave no exact run to compare.
pub(crate) type Compared = Result<Completion, String>;

/// The result of several comparisons: a difference, or else one comparison that could not
/// be made.
pub(crate) fn all(compared: impl IntoIterator<Item = Compared>) -> Compared {
    let mut all = Completion::Completed;
    for one in compared {
        if let ignored @ Completion::Ignored { .. } = one? {
            all = ignored;
        }
    }
    Ok(all)
}

/// Every packet with its time, and everything else that was seen.
///
/// Where control groups share out the processors, a guest's clock is exact only with
/// a processor to itself. Elsewhere a run may differ by chance, and its recording says
/// that it is not exact: such a run is no proof of anything.
pub(crate) fn to_the_byte(one: &Ran, other: &Ran) -> Compared {
    if [one, other].iter().any(|ran| !is_exact(ran)) {
        return Ok(Completion::ignored_with(NOT_EXACT));
    }
    same_bytes(one, other).map(|()| Completion::Completed)
}

const NOT_EXACT: &str = "no processor was free for an exact run";

fn is_exact(ran: &Ran) -> bool {
    ran.recording.info.exact != Some(false)
}

fn same_bytes(one: &Ran, other: &Ran) -> Result<(), String> {
    [OBSERVATIONS, CAPTURE].iter().try_for_each(|file| {
        let (one, other) = (read(one, file)?, read(other, file)?);
        match first_difference(&one, &other) {
            None => Ok(()),
            Some(at) => Err(format!(
                "{file} differs at byte {at}:\n{}\n{}",
                around(&one, at),
                around(&other, at)
            )),
        }
    })
}

/// With another seed the capture must differ.
pub(crate) fn different(one: &Ran, other: &Ran) -> Result<(), String> {
    if read(one, CAPTURE)? == read(other, CAPTURE)? {
        return Err(format!("{CAPTURE} is the same"));
    }
    Ok(())
}

fn read(ran: &Ran, file: &str) -> Result<Vec<u8>, String> {
    fs::read(ran.folder.join(file)).map_err(|error| format!("{file}: {error}"))
}

fn first_difference(one: &[u8], other: &[u8]) -> Option<usize> {
    let common = one.len().min(other.len());
    let differs = one.iter().zip(other).position(|(one, other)| one != other);
    differs.or((one.len() != other.len()).then_some(common))
}

fn around(bytes: &[u8], at: usize) -> String {
    let shown = &bytes[at.saturating_sub(120).min(bytes.len())..(at + 80).min(bytes.len())];
    shown.escape_ascii().to_string()
}
