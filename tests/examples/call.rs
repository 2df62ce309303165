//! Writes the capture of a call that the benchmark `capture` reads, to be looked at:
//! `cargo run --release --package tests --example call -- FILE PACKETS`.

use std::path::PathBuf;
use std::process::ExitCode;

use tests::Call;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let file = arguments.next().map(PathBuf::from);
    let packets = arguments
        .next()
        .and_then(|it| it.into_string().ok()?.parse().ok());
    let (Some(file), Some(packets)) = (file, packets) else {
        eprintln!("error: expected FILE PACKETS");
        return ExitCode::from(2);
    };
    match (Call { packets }).write(&file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}: {error}", file.display());
            ExitCode::FAILURE
        }
    }
}
