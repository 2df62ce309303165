//! Ctrl-C: stops what runs, so that nothing is left behind and what was recorded is kept.

pub(crate) use process::Interrupt;

/// The exit status that a shell reports for a process that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Listens from now on. A second Ctrl-C ends the process at once. A process can have only
/// one handler: Ctrl-C does not raise the interrupt of a later call.
pub(crate) fn listen() -> Interrupt {
    let interrupt = Interrupt::default();
    let heard = interrupt.clone();
    // Without a handler Ctrl-C ends the process, and the guests with it.
    let _ = ctrlc::set_handler(move || {
        if !heard.call() {
            std::process::exit(INTERRUPTED);
        }
    });
    interrupt
}

/// From now on Ctrl-C ends the process, after `farewell`. Ctrl-C does not raise the
/// interrupt of a later [`listen`].
pub(crate) fn end_with(farewell: fn()) {
    let _ = ctrlc::set_handler(move || {
        farewell();
        std::process::exit(INTERRUPTED);
    });
}
