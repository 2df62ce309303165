//! The form of a known failure.

use crate::read::record;
use crate::value::{Reference, Text};

record! {
    /// A known deviation of a kernel from this scenario. A run on such a kernel must fail
    /// by exactly this expectation or assertion.
    struct KnownFailureForm = "{kernel: Linux, fails: discarded, does: it sends ABORT}" {
        required {
            /// The kernels, by the beginning of their names: `Linux`, `Linux 6.1`,
            /// `FreeBSD 14`.
            kernel: Text,
            /// The expectation or assertion that fails there.
            fails: Reference,
            /// The kernel's behaviour, and its place in the kernel's source.
            does: Text,
        }
    }
}
