//! Tests of what a run does, and that every run of the same job does the same.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use engine::vm::{Ending, Job, Loaded, Run, VmError};

use crate::guest;
use crate::host::{Lab, Scratch, Test, is_limit, job, run_on, with_time_enough};

pub(crate) const ALL: &[Test] = &[
    ("output_and_progress_come_back", output_and_progress),
    ("long_output_comes_back_whole", long_output),
    ("an_hour_of_the_guest_is_no_hour_of_the_host", an_hour),
    (
        "runs_are_the_same_under_load_and_on_a_machine_made_anew",
        same,
    ),
    ("guests_at_once_do_not_disturb_each_other", at_once),
    ("a_seed_gives_other_numbers_and_gives_them_again", seeds),
    ("a_panic_shows_the_console_and_what_was_kept", panic),
    ("a_guest_that_spins_is_ended_by_the_wall_limit", wall_limit),
    (
        "a_guest_that_overruns_its_protocol_time_is_ended",
        protocol_limit,
    ),
    ("a_run_can_be_cancelled", cancel),
    ("output_that_is_too_long_is_an_error", too_long),
    ("a_program_that_is_none_is_refused", bad_program),
];

fn output_and_progress(lab: &Lab) {
    let mut lines = Vec::new();
    let outcome = lab
        .loaded
        .run(&job("hello"), &mut |line| lines.push(line.to_owned()))
        .unwrap();
    assert_eq!(outcome.output, b"echo: hello");
    assert_eq!(outcome.ending, Ending::Finished);
    assert_eq!(lines, ["one", "two"]);
    assert_eq!(outcome.console, "");
}

fn long_output(lab: &Lab) {
    let outcome = lab.run("return 20 MB").unwrap();
    assert!(outcome.output == guest::long_output());
}

fn an_hour(lab: &Lab) {
    let start = Instant::now();
    assert_eq!(lab.run("sleep an hour").unwrap().output, b"slept");
    assert!(start.elapsed() < Duration::from_secs(120));
}

/// A fingerprint has packets with the kernel's time stamps, timers, clocks and random
/// numbers: if the host's clock showed anywhere in the guest, it would show here.
fn same(lab: &Lab) {
    let _load = Load::on_every_cpu();
    let first = fingerprint(&lab.loaded, None);
    assert!(first.lines.contains("packet") && first.lines.contains("random"));
    for _ in 0..6 {
        assert_same(&fingerprint(&lab.loaded, None), &first);
    }
    let scratch = Scratch::new("anew");
    assert_same(&fingerprint(&lab.load_in(&scratch.cache), None), &first);
}

/// A fingerprint of a guest.
struct Print {
    lines: String,
    /// Whether the fingerprint is the same in every run. Where control groups share out the
    /// processors, this is so only if the run has a processor to itself.
    exact: bool,
}

fn fingerprint(loaded: &Loaded, seed: Option<u64>) -> Print {
    let job = Job {
        seed,
        ..job("take a fingerprint")
    };
    let run = Run::start(loaded, &job).unwrap();
    let exact = run.is_exact();
    let outcome = run.wait(&mut |_| {}).unwrap();
    Print {
        lines: String::from_utf8(outcome.output).unwrap(),
        exact,
    }
}

/// Shows only the first line that differs: a whole fingerprint is too long to be read.
fn assert_same(print: &Print, expected: &Print) {
    if !print.exact || !expected.exact {
        return eprintln!("no processor was free for an exact run: nothing is compared");
    }
    let (print, expected) = (&print.lines, &expected.lines);
    let short = |line: &str| line.chars().take(160).collect::<String>();
    let pairs = print.lines().zip(expected.lines()).enumerate();
    for (number, (line, expected)) in pairs {
        assert_eq!(short(line), short(expected), "line {number}");
    }
    assert!(print == expected);
}

fn at_once(lab: &Lab) {
    let prints: Vec<Print> = std::thread::scope(|scope| {
        let guests: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| fingerprint(&lab.loaded, None)))
            .collect();
        guests.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for print in &prints[1..] {
        assert_same(print, &prints[0]);
    }
}

fn seeds(lab: &Lab) {
    let seeded = |seed| fingerprint(&lab.loaded, seed);
    let (none, one, two) = (seeded(None), seeded(Some(1)), seeded(Some(2)));
    assert_same(&seeded(Some(1)), &one);
    assert_same(&seeded(Some(2)), &two);
    let tag = |print: &Print| initiate_tag(&print.lines).to_owned();
    assert_ne!(tag(&one), tag(&two));
    assert_ne!(tag(&one), tag(&none));
}

fn panic(lab: &Lab) {
    let error = lab.run("keep and panic").unwrap_err();
    assert!(matches!(error, VmError::GuestDied { .. }), "{error}");
    assert!(
        error.to_string().contains("a word to the console"),
        "{error}"
    );
    assert_eq!(error.partial_output(), b"kept");
}

fn wall_limit(lab: &Lab) {
    let error = with_time_enough(|wall_limit| {
        let job = Job {
            wall_limit,
            ..job("keep and spin")
        };
        let error = run_on(&lab.loaded, &job).unwrap_err();
        assert!(is_limit(&error), "{error}");
        let has_kept = !error.partial_output().is_empty();
        has_kept.then_some(error)
    });
    assert!(matches!(error, VmError::WallLimit { .. }), "{error}");
    assert_eq!(error.partial_output(), b"kept");
}

fn protocol_limit(lab: &Lab) {
    let job = Job {
        protocol_limit: Duration::from_secs(600),
        ..job("sleep an hour")
    };
    let outcome = run_on(&lab.loaded, &job).unwrap();
    assert_eq!(outcome.ending, Ending::ProtocolLimit);
    assert_eq!(outcome.output, b"");
}

fn cancel(lab: &Lab) {
    let run = Run::start(&lab.loaded, &job("keep and spin")).unwrap();
    let killer = run.killer();
    let error = run
        .wait(&mut |line| {
            assert_eq!(line, "spinning");
            killer.kill();
        })
        .unwrap_err();
    assert!(matches!(error, VmError::Cancelled { .. }), "{error}");
    assert_eq!(error.partial_output(), b"kept");
}

fn too_long(lab: &Lab) {
    let error = lab.run("keep 300 MB").unwrap_err();
    assert!(matches!(error, VmError::OutputTooLong { .. }), "{error}");
    assert!(error.partial_output().len().is_multiple_of(60 << 20));
    assert!(!error.partial_output().is_empty());
}

fn bad_program(lab: &Lab) {
    let error = lab.machine.load(lab.kernel.image(), &mut |_| {});
    let error = error.unwrap_err();
    assert!(matches!(error, VmError::BadProgram { .. }), "{error}");
}

/// The initiate tag of the first INIT, which stands behind Ethernet (14 bytes), IPv4 (20),
/// SCTP's common header (12) and the chunk's header (4), with two digits a byte.
fn initiate_tag(print: &str) -> &str {
    let packet = print.lines().find(|line| line.starts_with("packet"));
    let hex = packet.and_then(|line| line.rsplit(' ').next()).unwrap();
    assert_eq!(&hex[92..94], "01", "the first packet is no INIT: {hex}");
    &hex[100..108]
}

/// Keeps every CPU busy while it lives.
struct Load(std::sync::Arc<AtomicBool>);

impl Load {
    fn on_every_cpu() -> Self {
        let stop = std::sync::Arc::new(AtomicBool::new(false));
        let cpus = std::thread::available_parallelism().unwrap().get();
        for _ in 0..cpus {
            let stop = stop.clone();
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        Self(stop)
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
