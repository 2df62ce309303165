//! Where kernels are known to differ: files that say of a scenario from which version on
//! it shows something else, what, and why. The lab has one for each stack ([`linux`]).
//!
//! ```
//! let mine = "
//! my-failover:
//!   - from: 6.9
//!     differs: 'flow: HEARTBEAT'
//!     what: The path is probed at once.
//!     why: RFC 7829 section 5.1
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

/// A difference that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The scenario that shows it.
    pub scenario: String,
    /// What is on the two sides of it.
    pub border: Border,
    /// The parts of a comparison that it shows in.
    pub differs: Vec<Part>,
    /// What differs, in words.
    pub what: String,
    /// Where that comes from: a commit, a section of an RFC, a rule of the engine.
    pub why: String,
}

/// What parts those that do one thing from those that do another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Border {
    /// These versions have it, and what comes after them: one for each series of versions
    /// that it came to.
    From(Vec<Version>),
    /// One engine, from all others.
    Engine(String),
}

/// A part of a comparison: a section of it, by the beginning of its name, and words that
/// are in what differs there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `flow`, `notifications`, `verdict` and so on.
    pub section: String,
    /// Empty for all of the section.
    pub words: String,
}

/// Where a scenario was run.
#[derive(Clone, Copy, Debug)]
pub struct Ran<'a> {
    /// The kernel as it calls itself: `Linux 6.12.95+deb12-cloud-amd64`.
    pub kernel: &'a str,
    /// The engine's name.
    pub engine: &'a str,
}

impl Expectation {
    /// Whether the two are on different sides.
    #[must_use]
    pub fn is_between(&self, one: Ran<'_>, other: Ran<'_>) -> bool {
        self.border.is_beyond(one) != self.border.is_beyond(other)
    }

    /// Whether something is part of what is known to differ: a section of a comparison,
    /// and all that is said of one difference there.
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
