use crate::read::record;
use crate::value::{Reference, Text};

record! {
    /// Where a kernel is known to do otherwise than this scenario has it. A run on such
    /// a kernel must fail by just this expectation or assertion.
    struct KnownFailureForm = "{kernel: Linux, fails: discarded, does: it sends ABORT}" {
        required {
            /// The kernels, by the beginning of what they are called: `Linux`, `Linux 6.1`,
            /// `FreeBSD 14`.
            kernel: Text,
            /// The expectation or assertion that fails there.
            fails: Reference,
            /// What the kernel does, and where in its source.
            does: Text,
        }
    }
}
