//! Runs one scenario for a verb other than `run`, without keeping a recording.

use engine::{Onlooker, Ready, Request};
use recording::Recording;

use super::args::Site;
use super::console::{self, Progress};
use super::exit::Exit;
use super::interrupt::Interrupt;
use super::{engines, library, programs, site};

/// A scenario, and the place of its run.
pub(crate) struct Single<'a> {
    pub(crate) request: Request,
    site: &'a Site,
}

impl<'a> Single<'a> {
    /// Finds and checks the scenario; prints an error if that fails.
    pub(crate) fn load(name: &str, site: &'a Site) -> Result<Self, Exit> {
        let mut found = library::load_with(&[name.to_owned()], &site.set);
        if found.complain() | site::complain_of_options(site) | site::complain_of_kernels(site) {
            return Err(Exit::Wrong);
        }
        let (Some(loaded), true) = (found.loaded.pop(), found.loaded.is_empty()) else {
            console::error("one scenario at a time");
            return Err(Exit::Wrong);
        };
        if programs::complain_of_strangers(site, &[&loaded.scenario]) {
            return Err(Exit::Wrong);
        }
        let request = site::request(site, &loaded.scenario, &loaded.source)?;
        Ok(Self { request, site })
    }

    /// Makes the engine ready.
    pub(crate) fn make_ready(&self, progress: &Progress) -> Result<Box<dyn Ready>, Exit> {
        site::make_ready(self.site, &[self.request.scenario()], false, progress)
    }

    /// Runs the scenario. `onlooker` gets its packets as they are captured.
    pub(crate) fn run(
        &self,
        ready: &dyn Ready,
        interrupt: &Interrupt,
        progress: &Progress,
        onlooker: Option<Onlooker<'_>>,
    ) -> Result<Recording, Exit> {
        let recorded = engines::run(ready, &self.request, interrupt, Some(progress), onlooker);
        progress.done();
        recorded.map_err(|error| site::refused(self.request.name(), &error))
    }

    /// The same scenario under one of its sabotages, by its index.
    pub(crate) fn under(&self, sabotage: usize) -> Result<Self, Exit> {
        let request = self.request.clone().under(sabotage);
        let request = request.map_err(|error| site::refused(self.request.name(), &error))?;
        Ok(Self {
            request,
            site: self.site,
        })
    }
}
