//! The `native` engine as one of the lab's engines: its probe, its preparation, its errors.

use recording::{Engine, Recording};

use super::{Missing, perform, probe};
use crate::error::{Blame, EngineError, Lack};
use crate::kind::{Kind, Probed, Ready, RunHooks, Settings};
use crate::progress::Progress;
use crate::request::{Request, RequestError};

/// The `native` engine.
#[derive(Clone, Copy, Debug)]
pub struct Native;

/// The error that this machine lacks requirements of the engine.
#[derive(Debug, thiserror::Error)]
#[error("this machine's kernel cannot run it")]
struct Lacking(Vec<Missing>);

impl Kind for Native {
    fn engine(&self) -> Engine {
        Engine::Native
    }

    fn probe(&self) -> Probed {
        let lacking = Lacking(probe());
        Probed {
            usable: lacking.0.is_empty(),
            words: Vec::new(),
            lacks: lacking.lacks(),
        }
    }

    fn prepare(
        &self,
        _settings: &Settings,
        _progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Box<dyn Ready>, Box<dyn EngineError>> {
        let missing = probe();
        match missing.is_empty() {
            true => Ok(Box::new(Native)),
            false => Err(Lacking(missing).into()),
        }
    }
}

impl Ready for Native {
    fn run(&self, request: &Request, hooks: &RunHooks<'_>) -> Result<Recording, RequestError> {
        let limit = request.limits(self.is_in_real_time()).wall;
        perform(Engine::Native, request, limit, hooks, None)
    }

    fn is_in_real_time(&self) -> bool {
        true
    }
}

impl EngineError for Lacking {
    fn blame(&self) -> Blame {
        Blame::Machine
    }

    fn remedy(&self) -> Option<String> {
        None
    }

    fn lacks(&self) -> Vec<Lack> {
        let lacks = self.0.iter().map(|missing| Lack {
            words: missing.to_string(),
            remedy: missing.remedy(),
        });
        lacks.collect()
    }
}
