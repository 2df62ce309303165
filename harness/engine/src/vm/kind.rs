//! The `vm` engine as one of the lab's engines: its probe, its preparation, its errors.

use recording::{Engine, Recording};

use super::{Cache, Kernel, Loaded, Machine, Provision, VmError, guest_program, probe};
use crate::error::{Blame, EngineError};
use crate::kind::{Kind, Probed, Ready, RunHooks, Settings};
use crate::progress::Progress;
use crate::request::{Request, RequestError};

/// The `vm` engine.
#[derive(Clone, Copy, Debug)]
pub struct Emulated;

impl Kind for Emulated {
    fn engine(&self) -> Engine {
        Engine::Vm
    }

    fn probe(&self) -> Probed {
        let mut findings = Probed::default();
        let cache = match Cache::of_user() {
            Ok(cache) => cache,
            Err(error) => {
                findings.lacks = error.lacks();
                return findings;
            }
        };
        let found = probe(&cache);
        findings.usable = found.is_usable();
        findings.words.push(format!(
            "keeps what it fetches in {}",
            cache.root().display()
        ));
        match &found.qemu {
            Ok(_) => findings.words.push("has QEMU".to_owned()),
            Err(error) => findings.lacks.extend(error.lacks()),
        }
        match &found.kernel {
            Ok(kernel) => findings
                .words
                .push(format!("has kernel {} with SCTP", kernel.release())),
            Err(error) => findings.lacks.extend(error.lacks()),
        }
        let can_get_all = found.can_provision && !findings.lacks.is_empty();
        if let Some(error) = &found.no_program {
            findings.lacks.extend(error.lacks());
        }
        if can_get_all && found.no_program.is_none() {
            // Nobody has to do anything, so no remedy is named.
            let lacks = std::mem::take(&mut findings.lacks);
            findings
                .words
                .extend(lacks.into_iter().map(|lack| lack.words));
            let words = "can get what it lacks by itself, at the first run";
            findings.words.push(words.to_owned());
        }
        findings
    }

    fn prepare(
        &self,
        settings: &Settings,
        mut progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Box<dyn Ready>, Box<dyn EngineError>> {
        let program = guest_program::find()?;
        let cache = Cache::of_user()?;
        let mut provision = Provision::new(&cache, &mut progress).within(settings.limit);
        let qemu = provision.qemu()?;
        let kernel = match &settings.kernel {
            Some(image) => Kernel::open(&cache, image, settings.modules.as_deref())?,
            None => provision.kernel()?,
        };
        let machine = Machine::prepare(&qemu, &kernel, &cache, &mut progress)?;
        Ok(Box::new(machine.load(&program, &mut progress)?))
    }
}

impl Ready for Loaded {
    fn run(&self, request: &Request, hooks: &RunHooks<'_>) -> Result<Recording, RequestError> {
        self.perform(request, hooks)
    }

    fn is_in_real_time(&self) -> bool {
        false
    }
}

impl EngineError for VmError {
    fn blame(&self) -> Blame {
        match self {
            VmError::WallLimit { .. } | VmError::Cancelled { .. } => Blame::Run,
            error if error.is_unavailable() => Blame::Machine,
            _ => Blame::Lab,
        }
    }

    fn broke_the_kernel(&self) -> bool {
        matches!(self, VmError::GuestDied { .. })
    }

    fn remedy(&self) -> Option<String> {
        VmError::remedy(self).map(str::to_owned)
    }
}
