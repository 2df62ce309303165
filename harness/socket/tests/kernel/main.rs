//! Associations between real sockets, over the loopback interface.
//!
//! Where the kernel has no SCTP every test is shown as ignored, and the reason
//! is printed; with `native` in `SCTP_LAB_REQUIRE` they fail instead.

mod ancillary;
mod closing;
mod extensions;
#[cfg(target_os = "linux")]
mod linux_only;
mod multihoming;
mod notifications;
mod one_to_many;
mod one_to_one;
mod options;
mod support;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed};
use socket::{Family, Socket, Style};

fn main() -> ExitCode {
    let skipped = why_skipped();
    if let Some(reason) = &skipped {
        eprintln!("ignored: {reason}");
    }
    let trials = vec![
        one_to_one::trials(),
        one_to_many::trials(),
        multihoming::trials(),
        ancillary::trials(),
        notifications::trials(),
        closing::trials(),
        options::trials(),
        extensions::trials(),
        #[cfg(target_os = "linux")]
        linux_only::trials(),
    ];
    let trials = trials
        .into_iter()
        .flatten()
        .map(|(name, test)| {
            trials::test(name, move || {
                test().map_err(|error| Failed::from(error.to_string()))
            })
            .with_ignored_flag(skipped.is_some())
        })
        .collect();
    trials::run("socket-kernel", &Arguments::from_args(), trials).exit_code()
}

fn why_skipped() -> Option<String> {
    let error = Socket::new(Style::OneToMany, Family::V4).err()?;
    let required = std::env::var("SCTP_LAB_REQUIRE").unwrap_or_default();
    if required.split(',').any(|engine| engine.trim() == "native") {
        return None;
    }
    Some(format!("this kernel has no SCTP: {error}"))
}
