//! One scenario that is run for another verb than `run`, and of which nothing is
//! kept on disk.

use engine::{Onlooker, Ready, Request};
use recording::Recording;
use scenario::Scenario;

use super::args::Place;
use super::console::{self, Progress};
use super::exit::Exit;
use super::interrupt::Interrupt;
use super::{engines, library, place, programs};

/// A scenario, and where it is to be run.
pub(crate) struct Single<'a> {
    pub(crate) scenario: Scenario,
    request: Request,
    place: &'a Place,
}

impl<'a> Single<'a> {
    /// Finds and checks it, or complains.
    pub(crate) fn load(name: &str, place: &'a Place) -> Result<Self, Exit> {
        let mut found = library::load_with(&[name.to_owned()], &place.set);
        if found.complain() | place::complain_of_options(place) | place::complain_of_kernels(place)
        {
            return Err(Exit::Wrong);
        }
        let (Some(loaded), true) = (found.loaded.pop(), found.loaded.is_empty()) else {
            console::error("one scenario at a time");
            return Err(Exit::Wrong);
        };
        if programs::complain_of_strangers(place, &[&loaded.scenario]) {
            return Err(Exit::Wrong);
        }
        Ok(Self {
            request: Request {
                name: loaded.name,
                source: loaded.source,
                sabotage: None,
                seed: place::seed(place, &loaded.scenario),
                live: false,
                programs: programs::files(place, &loaded.scenario)?,
            },
            scenario: loaded.scenario,
            place,
        })
    }

    /// Makes the engine ready.
    pub(crate) fn make_ready(&self, progress: &Progress) -> Result<Box<dyn Ready>, Exit> {
        place::make_ready(self.place, &[&self.scenario], false, progress)
    }

    /// Runs it.
    pub(crate) fn run(
        &self,
        ready: &dyn Ready,
        interrupt: &Interrupt,
        progress: &Progress,
    ) -> Result<Recording, Exit> {
        self.perform(&self.request, ready, interrupt, progress, &|_| {})
    }

    /// Runs it under a sabotage of its own, by its number from 0.
    pub(crate) fn run_sabotaged(
        &self,
        sabotage: usize,
        ready: &dyn Ready,
        interrupt: &Interrupt,
        progress: &Progress,
    ) -> Result<Recording, Exit> {
        let request = Request {
            sabotage: Some(sabotage),
            ..self.request.clone()
        };
        self.perform(&request, ready, interrupt, progress, &|_| {})
    }

    /// Runs it, and shows its packets as they are seen.
    pub(crate) fn run_live(
        &self,
        ready: &dyn Ready,
        interrupt: &Interrupt,
        progress: &Progress,
        onlooker: Onlooker<'_>,
    ) -> Result<Recording, Exit> {
        let request = Request {
            live: true,
            ..self.request.clone()
        };
        self.perform(&request, ready, interrupt, progress, onlooker)
    }

    fn perform(
        &self,
        request: &Request,
        ready: &dyn Ready,
        interrupt: &Interrupt,
        progress: &Progress,
        onlooker: Onlooker<'_>,
    ) -> Result<Recording, Exit> {
        let name = &request.name;
        let limits = place::limits(self.place, &self.scenario, ready);
        let say = |words: &str| progress.say(&format!("{name}: {words}"));
        let recorded = engines::run(ready, request, limits, interrupt, &say, onlooker);
        progress.done();
        recorded.map_err(|error| place::refused(name, &error))
    }
}
