//! The jobs of this program in the guest. The input is the name of a job, or a request as
//! the lab itself gets it.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::time::Duration;

use engine::guest::Session;

use crate::fingerprint;

pub(crate) fn handle(input: &[u8], session: &Session) -> Vec<u8> {
    match input {
        b"take a fingerprint" => fingerprint::take().into_bytes(),
        b"give a random number" => fingerprint::random().to_string().into_bytes(),
        b"return nothing" => Vec::new(),
        b"return 20 MB" => long_output(),
        b"keep 300 MB" => {
            let part = vec![7; 60 << 20];
            while session.keep(&part).is_ok() {}
            part
        }
        b"sleep an hour" => {
            std::thread::sleep(Duration::from_secs(3600));
            b"slept".to_vec()
        }
        b"keep and spin" => {
            session.keep(b"kept").unwrap();
            session.progress("spinning");
            loop {
                std::hint::spin_loop();
            }
        }
        b"keep and panic" => {
            session.keep(b"kept").unwrap();
            panic!("a word to the console");
        }
        b"sleep until asked to stop" => {
            session.keep(b"kept, then ").unwrap();
            session.progress("sleeping");
            loop {
                if let Some(stop) = session.stop_requested() {
                    return format!("stopped: {stop}").into_bytes();
                }
                std::thread::sleep(Duration::from_secs(5));
            }
        }
        b"make the kernel panic" => {
            fs::write("/proc/sysrq-trigger", "c").unwrap();
            Vec::new()
        }
        b"pause as a panicked kernel does" => {
            let ports = File::options().write(true).open("/dev/port").unwrap();
            ports.write_all_at(&[1], 0x505).unwrap();
            Vec::new()
        }
        [b'{', ..] => engine::guest::perform(input, session),
        _ => {
            session.progress("one");
            session.progress("two");
            [b"echo: ", input].concat()
        }
    }
}

pub(crate) fn long_output() -> Vec<u8> {
    (0..20_u32 << 18).flat_map(u32::to_le_bytes).collect()
}
