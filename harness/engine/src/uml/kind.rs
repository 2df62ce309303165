//! The `uml` engine as one of the lab's engines: its probe and its preparation.

use std::path::PathBuf;

use recording::{Engine, Recording};

use super::error::{UmlError, check_architecture};
use super::folder;
use super::kernel::{UmlKernel, newest, runs};
use super::run::run;
use crate::error::EngineError;
use crate::kind::{Kind, Probed, Ready, RunHooks, Settings};
use crate::progress::Progress;
use crate::request::{Request, RequestError};
use crate::vm::Cache;

/// The `uml` engine.
#[derive(Clone, Copy, Debug)]
pub struct Uml;

/// The prepared engine: each run boots this kernel.
#[derive(Debug)]
struct Booting {
    kernel: UmlKernel,
    runs: PathBuf,
    counts: Option<PathBuf>,
}

impl Kind for Uml {
    fn engine(&self) -> Engine {
        Engine::Uml
    }

    fn probe(&self) -> Probed {
        let mut findings = Probed::default();
        if let Err(error) = check_architecture() {
            findings.lacks = error.lacks();
            return findings;
        }
        match Cache::of_user() {
            Ok(cache) => match newest(&cache) {
                Some(kernel) => {
                    findings.usable = true;
                    findings
                        .words
                        .push(format!("has kernel {} with SCTP", kernel.release()));
                }
                None => findings.lacks = UmlError::NoKernel.lacks(),
            },
            Err(error) => findings.lacks = error.lacks(),
        }
        findings
    }

    fn prepare(
        &self,
        settings: &Settings,
        _progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Box<dyn Ready>, Box<dyn EngineError>> {
        check_architecture()?;
        let cache = Cache::of_user()?;
        let kernel = match &settings.kernel {
            Some(path) => UmlKernel::open(&cache, path)?,
            None => newest(&cache).ok_or(UmlError::NoKernel)?,
        };
        let runs = runs(&cache);
        folder::sweep(&runs);
        Ok(Box::new(Booting {
            kernel,
            runs,
            counts: settings.counts.clone(),
        }))
    }
}

impl Ready for Booting {
    fn run(&self, request: &Request, hooks: &RunHooks<'_>) -> Result<Recording, RequestError> {
        run(
            &self.kernel,
            &self.runs,
            self.counts.as_deref(),
            request,
            hooks,
        )
    }

    fn is_in_real_time(&self) -> bool {
        false
    }

    /// Two runs for each CPU: while one run is prepared or judged, the kernel of another has
    /// the CPU. A sweep on two CPUs made a tenth more runs a second than with one run for each.
    fn jobs(&self) -> usize {
        2 * std::thread::available_parallelism().map_or(1, usize::from)
    }
}
