//! Compares the lab's captures with Wireshark's decoder.

mod judge;
mod seen;

use libtest_mimic::{Arguments, Completion, Failed};
use recording::{CAPTURE, Ended, Engine, Recording};
use tests::{Lab, Need, Wanted, course};

use crate::judge::{Seen, Sum};

fn main() {
    let arguments = Arguments::from_args();
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    let both = Need::vm().and(Need::tshark());
    let course = course();
    if both.is_there() && !arguments.list {
        lab.prepare_vm(&course[0]);
    }
    let trials = course
        .into_iter()
        .map(|lesson| {
            let wanted = Wanted::of(&lesson, Engine::Vm);
            both.skippable_trial(lesson.name, move || agree(lab, &wanted))
        })
        .collect();
    trials::run("capture", &arguments, trials).exit();
}

fn agree(lab: Lab, wanted: &Wanted) -> Result<Completion, Failed> {
    let ran = lab.run(wanted)?;
    if let Ended::Lacking { capability, .. } = &ran.recording.info.ended {
        return Ok(Completion::ignored_with(format!("needs {capability}")));
    }
    let theirs = judge::seen_by_tshark(&ran.folder.join(CAPTURE))?;
    let ours = seen::seen_by_the_lab(&ran.recording)?;
    if theirs.len() != ours.len() {
        return Err(format!("{} packets, and {} of ours", theirs.len(), ours.len()).into());
    }
    for (number, (theirs, (ours, is_fragment))) in (1..).zip(theirs.iter().zip(&ours)) {
        // Fragments that pass a router are on record at both sides of the router, with the
        // same identification. tshark mixes them up, and puts the packet together too early
        // or not at all.
        let is_mixed_up = *is_fragment && theirs.unread() == ours.unread();
        // How much of a malformed packet can be read, and what it is called, is a matter of the
        // decoder: tshark takes a chunk whose length is less than its header for an empty one.
        let is_malformed = theirs.is_malformed || ours.is_malformed;
        if is_malformed && !has_a_scripted_peer(&ran.recording) {
            return Err(format!("packet {number} is malformed: {theirs:?}").into());
        }
        let is_left = is_malformed && theirs.unread() == ours.unread();
        if theirs != ours && !is_mixed_up && !is_left {
            return Err(format!("packet {number}: tshark sees {theirs:?}, we {ours:?}").into());
        }
    }
    let ours: Vec<Seen> = ours.into_iter().map(|(seen, _)| seen).collect();
    covers_enough(wanted, &ours)?;
    Ok(Completion::Completed)
}

/// Whether a peer of the scenario sends what the scenario writes: only such a peer sends
/// packets that are malformed.
fn has_a_scripted_peer(recording: &Recording) -> bool {
    recording.scenario.contains("kind: peer")
}

/// Fails if the packets have too little to compare: their agreement would prove nothing.
fn covers_enough(wanted: &Wanted, seen: &[Seen]) -> Result<(), String> {
    let has = |what: &str, is: &dyn Fn(&Seen) -> bool| {
        if seen.iter().any(is) {
            Ok(())
        } else {
            Err(format!("there is no {what}"))
        }
    };
    has("SCTP packet", &|it| it.checksum == Sum::Good)?;
    if wanted.scenario.ends_with("multihoming-failover.yaml") {
        has("packet on client/path-a", &|it| {
            it.interface == "client/path-a"
        })?;
        has("packet that a fault touched", &|it| it.comment.is_some())?;
        has("DATA chunk", &|it| it.chunk_types.contains(&0))?;
        has("HEARTBEAT chunk", &|it| it.chunk_types.contains(&4))?;
    }
    // Only a fault can spoil a checksum.
    let spoilt = seen.iter().any(|it| it.checksum == Sum::Bad);
    match (spoilt, seen.iter().any(|it| it.comment.is_some())) {
        (true, false) => Err("there is a bad checksum, and no fault".to_owned()),
        _ => Ok(()),
    }
}
