//! Known differences between kernels, and known deviations of user-space stacks. For each
//! scenario, a file says from which version on, or on which engine, the result differs, how,
//! and why. The lab has one such file for Linux ([`linux`]), and for each user-space stack
//! one of another form ([`stacks`]).
//!
//! ```
//! let mine = "
//! my-failover:
//!   - from: 6.9
//!     differs: 'flow: HEARTBEAT'
//!     what: The path is probed at once.
//!     why: RFC 7829 section 5
//! ";
//! let known = expected::parse(mine).expect("it is good");
//! let old = expected::Ran { kernel: "Linux 6.8.1", engine: "vm" };
//! let new = expected::Ran { kernel: "Linux 6.10.2", engine: "vm" };
//! assert!(known[0].is_between(old, new));
//! assert!(known[0].covers("flow", &["client → server  HEARTBEAT"]));
//! ```

mod form;
mod parse;
mod stack;
mod value;
mod version;

pub use document::{Diagnostic, FileError};
pub use parse::{linux, parse, parse_file};
pub use stack::{StackFault, parse_stack, stacks};
pub use version::Version;

/// A known difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The scenario that shows the difference.
    pub scenario: String,
    /// The border between the two sides of the difference.
    pub border: Border,
    /// The parts of a comparison that show the difference.
    pub differs: Vec<Part>,
    /// The difference in words.
    pub what: String,
    /// The source of the difference: a commit, a section of an RFC, a rule of the engine.
    pub why: String,
}

/// The border between the kernels or engines that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Border {
    /// Between these versions and all earlier ones: one version for each series of
    /// versions that got the change.
    From(Vec<Version>),
    /// Between one engine and all others.
    Engine(String),
}

/// A part of a comparison: the beginning of a section's name, and words of the
/// difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `flow`, `notifications`, `verdict` and so on.
    pub section: String,
    /// Empty for every difference of the section.
    pub words: String,
}

/// The kernel and the engine of a run.
#[derive(Clone, Copy, Debug)]
pub struct Ran<'a> {
    /// Name and release that the kernel reports: `Linux 6.12.95+deb12-cloud-amd64`.
    pub kernel: &'a str,
    /// The engine's name.
    pub engine: &'a str,
}

impl Expectation {
    /// Whether the two runs are on different sides.
    #[must_use]
    pub fn is_between(&self, one: Ran<'_>, other: Ran<'_>) -> bool {
        self.border.is_beyond(one) != self.border.is_beyond(other)
    }

    /// Whether a difference is a known one. `section` is the section of the comparison,
    /// `said` all texts of the difference.
    #[must_use]
    pub fn covers(&self, section: &str, said: &[&str]) -> bool {
        self.differs.iter().any(|part| {
            let is_named = section.starts_with(&part.section);
            is_named && (part.words.is_empty() || said.iter().any(|it| it.contains(&part.words)))
        })
    }
}

impl Border {
    fn is_beyond(&self, ran: Ran<'_>) -> bool {
        match self {
            Self::Engine(engine) => ran.engine == engine,
            Self::From(versions) => {
                Version::of_kernel(ran.kernel).is_some_and(|it| it.has_what_came_with(versions))
            }
        }
    }
}
