//! A stack on another host, reached over this machine's own network, for `conformance
//! --against`. It is no engine that can be chosen, since it runs no kernel.

use recording::{Engine, Recording};
use run::Elsewhere;
pub use run::{Known, Meeting, NotMet, settings};

use crate::error::{Blame, EngineError};
use crate::kind::{Ready, RunHooks};
use crate::native;
use crate::request::{Request, RequestError};

/// A stack on another host that has answered.
#[derive(Debug)]
pub struct Against(Elsewhere);

impl Against {
    /// Opens raw sockets to a stack, and exchanges the first packets with it.
    ///
    /// # Errors
    ///
    /// The obstacle, with a remedy if there is one.
    pub fn meet(meeting: Meeting) -> Result<Self, NotMet> {
        Elsewhere::meet(meeting).map(Self)
    }

    /// The known facts about the stack.
    #[must_use]
    pub fn known(&self) -> &Known {
        &self.0.known
    }
}

impl Ready for Against {
    fn run(&self, request: &Request, hooks: &RunHooks<'_>) -> Result<Recording, RequestError> {
        let limit = request.limits(self.is_in_real_time()).wall;
        native::perform(Engine::Native, request, limit, hooks, Some(&self.0))
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
