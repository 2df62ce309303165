//! Checks the endpoints that are programs.

use super::Scope;
use crate::diagnostic::{Span, Spanned};
use crate::model::EndpointName;
use crate::read::all_of;
use crate::value::Reference;

impl Scope<'_, '_> {
    /// The endpoint with this name, which must be a socket of the lab or a program: a kernel
    /// tells of the associations of both.
    pub(crate) fn kernels_endpoint(&mut self, name: &Spanned<Reference>) -> Option<EndpointName> {
        let is_program = self.world.is_program(&EndpointName::new(&name.value.0));
        match is_program {
            true => self.party(name),
            false => self.endpoint(name),
        }
    }

    /// The endpoint with this name, which must be a program.
    pub(crate) fn program(&mut self, name: &Spanned<Reference>) -> Option<EndpointName> {
        let found = self.party(name)?;
        if self.world.is_program(&found) {
            return Some(found);
        }
        let known = self.world.endpoints.iter();
        let programs = known.filter(|it| it.is_program).map(|it| it.name.as_str());
        let programs: Vec<&str> = programs.collect();
        let help = match programs.as_slice() {
            [] => format!("say which it is: `{found}: {{node: …, program: iperf3}}`"),
            many => format!("the programs are {}", all_of(many.iter().copied())),
        };
        self.problems
            .add(
                name.span,
                format!("`{found}` is no program"),
                "not this one",
            )
            .help(help);
        None
    }

    /// Notes a mistake if the program has not been started.
    pub(crate) fn has_started(&mut self, program: &EndpointName, span: Span) -> Option<()> {
        if self.story.started.contains(program) || self.story.unsure {
            return Some(());
        }
        self.problems
            .add(span, format!("`{program}` does not run yet"), "not started")
            .help(format!("put `start: {program}` before this step"));
        None
    }
}
