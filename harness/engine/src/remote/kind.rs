//! The `box` engine as one of the lab's engines: its preparation and its errors.

use recording::{Engine, Recording};

use super::{BoxError, RemoteBox, Target};
use crate::error::{Blame, EngineError};
use crate::kind::{Kind, Probed, Ready, RunHooks, Settings};
use crate::progress::Progress;
use crate::request::{Request, RequestError};
use crate::vm::Cache;

/// The `box` engine.
#[derive(Clone, Copy, Debug)]
pub struct Remote;

/// The Vagrant box of runs that name no machine.
const DEFAULT_BOX: &str = "debian";

impl Kind for Remote {
    fn engine(&self) -> Engine {
        Engine::Box
    }

    /// Nothing is probed: this machine needs nothing but ssh, and the other machine is not
    /// known yet.
    fn probe(&self) -> Probed {
        Probed::default()
    }

    fn prepare(
        &self,
        settings: &Settings,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Box<dyn Ready>, Box<dyn EngineError>> {
        let target = Target::named(settings.machine.as_deref().unwrap_or(DEFAULT_BOX));
        let cache = Cache::of_user()?;
        let machine = RemoteBox::prepare(target, cache.root(), settings.limit, progress)?;
        Ok(Box::new(machine))
    }
}

impl Ready for RemoteBox {
    fn run(&self, request: &Request, hooks: &RunHooks<'_>) -> Result<Recording, RequestError> {
        self.perform(request, hooks)
    }

    fn is_in_real_time(&self) -> bool {
        true
    }
}

impl EngineError for BoxError {
    fn blame(&self) -> Blame {
        match self.is_unavailable() {
            true => Blame::Machine,
            false => Blame::Lab,
        }
    }

    fn remedy(&self) -> Option<String> {
        BoxError::remedy(self)
    }
}
