//! Ctrl-C: stops what runs, so that nothing is left behind and what was recorded is kept.

use std::sync::OnceLock;

pub(crate) use process::Interrupt;

/// The exit status that a shell reports for a process that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// The interrupt of this process. Ctrl-C raises it, from the first call on; a second Ctrl-C
/// ends the process at once.
pub(crate) fn listen() -> Interrupt {
    static LISTENING: OnceLock<Interrupt> = OnceLock::new();
    LISTENING
        .get_or_init(|| {
            let interrupt = Interrupt::default();
            let heard = interrupt.clone();
            // Without a handler Ctrl-C ends the process, and the guests with it.
            let _ = ctrlc::set_handler(move || {
                if !heard.call() {
                    std::process::exit(INTERRUPTED);
                }
            });
            interrupt
        })
        .clone()
}

/// From now on Ctrl-C ends the process, after `farewell`. Ctrl-C does not raise the
/// interrupt of a later [`listen`].
pub(crate) fn end_with(farewell: fn()) {
    let _ = ctrlc::set_handler(move || {
        farewell();
        std::process::exit(INTERRUPTED);
    });
}
