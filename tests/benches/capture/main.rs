//! Measures a capture of a million packets: how long `sctp-lab show` takes to decode the
//! packets and draw their ladder, folded; how long `sctp-lab diagnose` and tshark take; and
//! how the ladder's memory grows with the number of packets.
//!
//! tshark is measured twice: with its own summary, a line a packet, for which tshark leaves
//! out most fields; and with the fields that the ladder is made of. Each time, tshark and
//! the ladder take turns.
//!
//! `cargo bench --package tests --bench capture`; `RUNS=10` for more runs,
//! `PACKETS=100000` for fewer packets.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use tests::{Call, Figures, runs, told};

/// What the ladder knows of each packet, by Wireshark's names.
const FIELDS: [&str; 12] = [
    "frame.time_epoch",
    "ip.src",
    "ip.dst",
    "sctp.srcport",
    "sctp.dstport",
    "sctp.verification_tag",
    "sctp.checksum.status",
    "sctp.chunk_type",
    "sctp.data_tsn_raw",
    "sctp.data_sid",
    "sctp.sack_cumulative_tsn_ack_raw",
    "sctp.sack_a_rwnd",
];

fn main() -> ExitCode {
    told(measure())
}

fn measure() -> Result<(), String> {
    let asked = std::env::var("PACKETS").ok();
    let packets = asked.and_then(|it| it.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("call.pcapng");
    // The kernel tells the greatest peak of all children so far. So the small captures come
    // first, and tshark last.
    for packets in [packets / 10, packets, 2 * packets] {
        write(&file, packets)?;
        let taken = timed(&mut ladder(&file))?;
        let memory = getrusage(UsageWho::RUSAGE_CHILDREN)
            .map_err(|error| error.to_string())?
            .max_rss();
        println!("{packets} packets, ladder: {taken:.1?}; at most {memory} KiB of memory");
    }
    write(&file, packets)?;
    let fields = FIELDS.iter().flat_map(|field| ["-e", field]);
    let fields: Vec<&str> = ["-o", "sctp.checksum:TRUE", "-T", "fields"]
        .into_iter()
        .chain(fields)
        .collect();
    diagnosis(&file, packets)?;
    compare(&file, packets, "summary", &[])?;
    compare(&file, packets, "fields", &fields)
}

fn write(file: &Path, packets: usize) -> Result<(), String> {
    let call = Call { packets };
    call.write(file).map_err(|error| error.to_string())
}

/// Measures a diagnosis and the ladder in turns.
fn diagnosis(file: &Path, packets: usize) -> Result<(), String> {
    let (mut diagnosis, mut drawn) = (Figures::default(), Figures::default());
    for _ in 0..runs(5) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
        command.arg("diagnose").arg(file);
        diagnosis.add(timed_with(&mut command, &[0, 1])?);
        drawn.add(timed(&mut ladder(file))?);
    }
    let ratio = diagnosis.median().as_secs_f64() / drawn.median().as_secs_f64();
    println!("{packets} packets, diagnosis: {diagnosis}; {ratio:.2} times the ladder");
    Ok(())
}

/// Measures the ladder and tshark in turns, so that both find the machine under the same
/// load.
fn compare(file: &Path, packets: usize, what: &str, options: &[&str]) -> Result<(), String> {
    let (mut ours, mut theirs) = (Figures::default(), Figures::default());
    for _ in 0..runs(5) {
        ours.add(timed(&mut ladder(file))?);
        theirs.add(timed(
            Command::new("tshark").arg("-r").arg(file).args(options),
        )?);
    }
    let ratio = theirs.median().as_secs_f64() / ours.median().as_secs_f64();
    println!("{packets} packets, ladder: {ours}");
    println!(
        "{packets} packets, tshark's {what}: {theirs}; the ladder is {ratio:.1} times as fast"
    );
    Ok(())
}

fn ladder(file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    command.arg("show").arg(file);
    command
}

fn timed(command: &mut Command) -> Result<Duration, String> {
    timed_with(command, &[0])
}

/// The time of a command that may end with one of these exit codes.
fn timed_with(command: &mut Command, codes: &[i32]) -> Result<Duration, String> {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let began = Instant::now();
    let status = command.status();
    let taken = began.elapsed();
    match status {
        Ok(status) if status.code().is_some_and(|it| codes.contains(&it)) => Ok(taken),
        Ok(status) => Err(format!("{command:?}: {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}
