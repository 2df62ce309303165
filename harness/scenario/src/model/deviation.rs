use super::{Scenario, StepName};

/// What a kernel is known to do otherwise than the scenario has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Deviation {
    /// The beginning of what the kernel is called: `Linux`, `Linux 6.1`.
    pub kernel: String,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// The expectation or assertion that fails there.
    pub fails: StepName,
    /// What the kernel does, and where in its source.
    pub does: String,
}

impl Deviation {
    /// Whether it is about a kernel that is called so. `Linux 6.1` is about `Linux
    /// 6.1.0-13-amd64`, and not about `Linux 6.12.1`.
    #[must_use]
    pub fn is_about(&self, kernel: &str) -> bool {
        let rest = kernel.strip_prefix(&self.kernel);
        rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric()))
    }
}

impl Scenario {
    /// What a kernel that is called so is known to do otherwise; of several deviations
    /// the first.
    #[must_use]
    pub fn deviation_of(&self, kernel: &str) -> Option<&Deviation> {
        self.deviations.iter().find(|it| it.is_about(kernel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_is_named_by_whole_numbers() {
        let deviation = |kernel: &str| Deviation {
            kernel: kernel.to_owned(),
            line: 1,
            fails: StepName::new("x"),
            does: String::new(),
        };
        assert!(deviation("Linux").is_about("Linux 6.1.0-13-amd64"));
        assert!(deviation("Linux 6.1").is_about("Linux 6.1.0-13-amd64"));
        assert!(deviation("Linux 6.1").is_about("Linux 6.1"));
        assert!(!deviation("Linux 6.1").is_about("Linux 6.12.1"));
        assert!(!deviation("Linux").is_about("FreeBSD 14.3"));
    }
}
