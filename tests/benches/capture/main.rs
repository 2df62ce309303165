//! A capture of a million packets: how long `sctp-lab show` takes to decode it
//! and draw its ladder, folded, how long tshark takes to decode it, and how the
//! memory that it takes grows with the packets.
//!
//! tshark is asked twice: for its own summary, a line a packet, for which it
//! leaves out most fields; and for the fields that the ladder is made of.
//!
//! `cargo bench --package tests --bench capture`; `RUNS=10` for more runs,
//! `PACKETS=100000` for fewer packets.

use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use tests::{Call, Figures, runs};

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
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<(), String> {
    let lab = env!("CARGO_BIN_EXE_sctp-lab-under-test");
    let asked = std::env::var("PACKETS").ok();
    let packets = asked.and_then(|it| it.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("call.pcapng");
    let mut ladder = Figures::default();
    // The greatest of all children counts: the small one comes first, and tshark
    // last.
    for packets in [packets / 10, packets] {
        let call = Call { packets };
        call.write(&file).map_err(|error| error.to_string())?;
        ladder = timed(runs(5), || {
            let mut command = Command::new(lab);
            command.arg("show").arg(&file);
            command
        })?;
        let memory = getrusage(UsageWho::RUSAGE_CHILDREN)
            .map_err(|error| error.to_string())?
            .max_rss();
        println!("{packets} packets, ladder: {ladder}; at most {memory} KiB of memory");
    }
    let fields: Vec<&str> = FIELDS.iter().flat_map(|field| ["-e", field]).collect();
    for (what, options) in [
        ("summary", vec![]),
        (
            "fields",
            [
                &["-o", "sctp.checksum:TRUE", "-T", "fields"],
                fields.as_slice(),
            ]
            .concat(),
        ),
    ] {
        let tshark = timed(runs(5).min(3), || {
            let mut command = Command::new("tshark");
            command.arg("-r").arg(&file).args(&options);
            command
        })?;
        let ratio = tshark.median().as_secs_f64() / ladder.median().as_secs_f64();
        println!(
            "{packets} packets, tshark's {what}: {tshark}; the ladder is {ratio:.1} times as fast"
        );
    }
    Ok(())
}

fn timed(runs: usize, command: impl Fn() -> Command) -> Result<Figures, String> {
    let mut figures = Figures::default();
    for _ in 0..runs {
        let mut command = command();
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let began = Instant::now();
        let status = command.status();
        figures.add(began.elapsed());
        match status {
            Ok(status) if status.success() => {}
            Ok(status) => return Err(format!("{command:?}: {status}")),
            Err(error) => return Err(format!("{command:?}: {error}")),
        }
    }
    Ok(figures)
}
