use super::{Scenario, StepName};

/// What a kernel is known to do otherwise than the scenario has it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownFailure {
    /// The beginning of what the kernel is called: `Linux`, `Linux 6.1`.
    pub kernel: String,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// The expectations and assertions that fail there, all of them. Never empty.
    pub fails: Vec<StepName>,
    /// What the kernel does, and where in its source.
    pub does: String,
}

impl KnownFailure {
    /// Whether it is about a kernel that is called so.
    #[must_use]
    pub fn is_about(&self, kernel: &str) -> bool {
        is_named(kernel, &self.kernel)
    }
}

/// Whether a kernel is meant by the beginning of what it is called: `Linux 6.1` means `Linux
/// 6.1.0-13-amd64`, and not `Linux 6.12.1`.
#[must_use]
pub fn is_named(kernel: &str, beginning: &str) -> bool {
    let rest = kernel.strip_prefix(beginning);
    rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric()))
}

impl Scenario {
    /// What a kernel that is called so is known to do otherwise; of several known
    /// failures the first.
    #[must_use]
    pub fn known_failure_of(&self, kernel: &str) -> Option<&KnownFailure> {
        self.known_failures.iter().find(|it| it.is_about(kernel))
    }
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
