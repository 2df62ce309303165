//! Known failures: the kernels on which a scenario fails, and by which judgements.

use super::StepName;

/// A known deviation of a kernel from the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownFailure {
    /// Beginning of the kernel's name: `Linux`, `Linux 6.1`.
    pub kernel: String,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// The expectations and assertions that fail there, all of them. Never empty.
    pub fails: Vec<StepName>,
    /// The kernel's behaviour, and its place in the kernel's source.
    pub does: String,
}

impl KnownFailure {
    /// Whether the failure is one of the kernel with this name.
    #[must_use]
    pub fn is_about(&self, kernel: &str) -> bool {
        is_named(kernel, &self.kernel)
    }
}

/// Whether `beginning` matches the kernel's name: `Linux 6.1` matches `Linux
/// 6.1.0-13-amd64`, but not `Linux 6.12.1`.
#[must_use]
pub fn is_named(kernel: &str, beginning: &str) -> bool {
    let rest = kernel.strip_prefix(beginning);
    rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_is_named_by_whole_numbers() {
        let about = |kernel: &str| KnownFailure {
            kernel: kernel.to_owned(),
            line: 1,
            fails: vec![StepName::new("x")],
            does: String::new(),
        };
        assert!(about("Linux").is_about("Linux 6.1.0-13-amd64"));
        assert!(about("Linux 6.1").is_about("Linux 6.1.0-13-amd64"));
        assert!(about("Linux 6.1").is_about("Linux 6.1"));
        assert!(!about("Linux 6.1").is_about("Linux 6.12.1"));
        assert!(!about("Linux").is_about("FreeBSD 14.3"));
    }
}
