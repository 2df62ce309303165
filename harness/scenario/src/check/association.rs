use super::Scope;
use crate::diagnostic::{Span, Spanned};
use crate::model::EndpointName;
use crate::read::Required;
use crate::value::Reference;

impl Scope<'_, '_> {
    /// Two endpoints, of which `from` can send to `to` at this step.
    pub(crate) fn association(
        &mut self,
        from: &Required<Reference>,
        to: &Required<Reference>,
    ) -> Option<(EndpointName, EndpointName)> {
        let from_name = from.spanned().and_then(|from| self.endpoint(from));
        let to_name = to.spanned().and_then(|to| self.endpoint(to));
        let (from_name, to_name) = (from_name?, to_name?);
        self.differ(&from_name, &to_name, to.spanned()?)?;
        self.not_ended(&from_name, from.spanned()?.span)?;
        self.not_ended(&to_name, to.spanned()?.span)?;
        let pair = (from_name, to_name);
        if !self.story.unsure && !self.story.associated.contains(&pair) {
            let (from_name, to_name) = &pair;
            self.problems
                .add(
                    to.spanned()?.span,
                    format!("`{from_name}` and `{to_name}` have no association"),
                    "not connected yet",
                )
                .help(format!(
                    "put `connect: {{from: {from_name}, to: {to_name}}}` before this step"
                ));
            return None;
        }
        Some(pair)
    }

    /// Notes it where somebody deals with itself.
    pub(crate) fn differ(
        &mut self,
        from: &EndpointName,
        to: &EndpointName,
        at: &Spanned<Reference>,
    ) -> Option<()> {
        if from != to {
            return Some(());
        }
        self.problems
            .add(
                at.span,
                format!("`{from}` is on both sides"),
                "the same endpoint",
            )
            .help("name two endpoints");
        None
    }

    /// Notes it where the endpoint was closed or aborted before.
    pub(crate) fn not_ended(&mut self, endpoint: &EndpointName, span: Span) -> Option<()> {
        let Some(by) = self.story.ended.get(endpoint) else {
            return Some(());
        };
        self.problems
            .add(
                span,
                format!("`{endpoint}` has ended by then"),
                "no longer there",
            )
            .help(format!("the step `{by}` ended it; put this one before"));
        None
    }

    /// The endpoint that this step ends.
    pub(crate) fn ends(&mut self, name: &Spanned<Reference>) -> Option<EndpointName> {
        let endpoint = self.endpoint(name)?;
        self.not_ended(&endpoint, name.span)?;
        if !self.story.unsure && self.story.peers(&endpoint).next().is_none() {
            self.problems
                .add(
                    name.span,
                    format!("`{endpoint}` has no association"),
                    "nothing to end",
                )
                .help("put a `connect` before this step");
            return None;
        }
        self.story
            .ended
            .insert(endpoint.clone(), self.own_name.clone());
        Some(endpoint)
    }
}
