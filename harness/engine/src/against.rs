//! A stack elsewhere under test, reached over this machine's own network: not an engine that
//! can be chosen, for it runs no kernel. Asked for by `conformance --against`.

use recording::{Engine, Recording};
use run::Elsewhere;
pub use run::{Known, Meeting, NotMet, settings};

use crate::kind::{Blame, Company, EngineError, Ready};
use crate::native;
use crate::request::{Request, RequestError};

/// A stack elsewhere that has answered.
#[derive(Debug)]
pub struct Against(Elsewhere);

impl Against {
    /// Opens the way to a stack, and speaks with it for the first time.
    ///
    /// # Errors
    ///
    /// What is in the way, with what mends that.
    pub fn meet(meeting: Meeting) -> Result<Self, NotMet> {
        Elsewhere::meet(meeting).map(Self)
    }

    /// What is known of the stack.
    #[must_use]
    pub fn known(&self) -> &Known {
        &self.0.known
    }
}

impl Ready for Against {
    fn run(&self, request: &Request, company: &Company<'_>) -> Result<Recording, RequestError> {
        let limit = request.limits(self.is_in_real_time()).wall;
        native::perform(Engine::Native, request, limit, company, Some(&self.0))
    }

    fn is_in_real_time(&self) -> bool {
        true
    }
}

impl EngineError for NotMet {
    fn blame(&self) -> Blame {
        Blame::Machine
    }

    fn remedy(&self) -> Option<String> {
        self.remedy()
    }
}
