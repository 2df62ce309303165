//! Waits for the readers of named pipes before a capture.

use live::Outputs;

use crate::args::Capture;
use crate::console::Progress;
use crate::interrupt::Interrupt;

/// Waits for a reader of each pipe, unless the command line forbids it, or Ctrl-C comes.
pub(super) fn wait(args: &Capture, outputs: &Outputs, interrupt: &Interrupt, progress: &Progress) {
    if args.no_wait {
        return;
    }
    let readers = outputs.readers();
    for pipe in readers.pipes() {
        progress.say(&format!("waiting for a reader of {pipe}"));
    }
    let given_up = readers.clone();
    let _waiting = interrupt.on_call(move || given_up.give_up());
    readers.wait(1);
}
