//! What the program does in the guest: its input is the name of it.

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
