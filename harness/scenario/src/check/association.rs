//! Checks the associations between endpoints: whether they exist, and who ends them.

use super::Scope;
use crate::diagnostic::{Span, Spanned};
use crate::model::{EndpointName, Style};
use crate::read::{Optional, Required};
use crate::value::Reference;

impl Scope<'_, '_> {
    /// Two endpoints with an association on which `from` can send to `to` at this step.
    /// Anything else is a mistake.
    pub(crate) fn association(
        &mut self,
        from: &Required<Reference>,
        to: &Required<Reference>,
    ) -> Option<(EndpointName, EndpointName)> {
        let pair = self.two_endpoints(from, to)?;
        self.associated(&pair, from.spanned()?.span, to.spanned()?.span)?;
        Some(pair)
    }

    /// Two different endpoints.
    pub(crate) fn two_endpoints(
        &mut self,
        from: &Required<Reference>,
        to: &Required<Reference>,
    ) -> Option<(EndpointName, EndpointName)> {
        self.two(from, to, Self::party)
    }

    /// Two different endpoints with sockets.
    pub(crate) fn two_sockets(
        &mut self,
        from: &Required<Reference>,
        to: &Required<Reference>,
    ) -> Option<(EndpointName, EndpointName)> {
        self.two(from, to, Self::endpoint)
    }

    /// As [`two_sockets`](Self::two_sockets), with a sender that sends the other something
    /// in some step.
    pub(crate) fn sender_and_receiver(
        &mut self,
        from: &Required<Reference>,
        to: &Required<Reference>,
    ) -> Option<(EndpointName, EndpointName)> {
        let pair = self.two_sockets(from, to)?;
        let story = &self.story;
        if story.sent.contains(&pair) || story.sending_unsure || story.unsure {
            return Some(pair);
        }
        let (sender, receiver) = pair;
        self.problems
            .add(
                from.spanned()?.span,
                format!("`{sender}` never sends `{receiver}` anything"),
                "nothing to deliver",
            )
            .help("add a `send` or `traffic` step, or turn `from` and `to` round");
        None
    }

    fn two(
        &mut self,
        from: &Required<Reference>,
        to: &Required<Reference>,
        find: fn(&mut Self, &Spanned<Reference>) -> Option<EndpointName>,
    ) -> Option<(EndpointName, EndpointName)> {
        let from_name = from.spanned().and_then(|from| self.endpoint(from));
        let to_name = to.spanned().and_then(|to| find(self, to));
        let (from_name, to_name) = (from_name?, to_name?);
        self.differ(&from_name, &to_name, to.spanned()?)?;
        Some((from_name, to_name))
    }

    /// Notes a mistake if the first endpoint cannot send to the second.
    pub(crate) fn associated(
        &mut self,
        pair: &(EndpointName, EndpointName),
        from_span: Span,
        to_span: Span,
    ) -> Option<()> {
        let (from, to) = pair;
        self.not_closed(from, from_span)?;
        // The packets of a scripted peer, and a program, make and end associations by
        // themselves.
        if self.world.is_foreign(to) {
            return Some(());
        }
        self.not_ended(pair, from_span)?;
        self.not_ended(&(to.clone(), from.clone()), to_span)?;
        if let Some(by) = self.story.lost.get(pair) {
            self.problems
                .add(
                    from_span,
                    format!("`{from}` has no association with `{to}` any more"),
                    "it knows of none",
                )
                .help(format!(
                    "the step `{by}` took it; put a `connect` before this step"
                ));
            return None;
        }
        if !self.story.unsure && !self.story.associated.contains(pair) {
            self.problems
                .add(
                    to_span,
                    format!("`{from}` and `{to}` have no association"),
                    "not connected yet",
                )
                .help(format!(
                    "put `connect: {{from: {from}, to: {to}}}` before this step"
                ));
            return None;
        }
        Some(())
    }

    /// Notes a mistake if both endpoints are the same.
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

    /// Notes a mistake if the endpoint has no socket.
    pub(crate) fn not_closed(&mut self, endpoint: &EndpointName, span: Span) -> Option<()> {
        let Some(by) = self.story.closed.get(endpoint) else {
            return Some(());
        };
        self.problems
            .add(
                span,
                format!("`{endpoint}` has no socket by then"),
                "no longer there",
            )
            .help(format!(
                "the step `{by}` closed it; put `open: {endpoint}` before this step"
            ));
        None
    }

    /// Notes a mistake if the first endpoint ended their association before.
    fn not_ended(&mut self, pair: &(EndpointName, EndpointName), span: Span) -> Option<()> {
        let Some(by) = self.story.ended.get(pair) else {
            return Some(());
        };
        self.problems
            .add(
                span,
                format!("`{}` has ended by then", pair.0),
                "no longer there",
            )
            .help(format!(
                "the step `{by}` ended it; put this one before, or a `connect` between them"
            ));
        None
    }

    /// The endpoint whose associations this step ends: the one with `to`, or all.
    pub(crate) fn ends(
        &mut self,
        name: &Spanned<Reference>,
        to: &Optional<Reference>,
    ) -> Option<(EndpointName, Option<EndpointName>)> {
        let endpoint = self.endpoint(name)?;
        self.not_closed(&endpoint, name.span)?;
        let to = self.optional(to, |scope, to| {
            let peer = scope.party(to)?;
            scope.differ(&endpoint, &peer, to)?;
            Some(peer)
        })?;
        let peers: Vec<EndpointName> = self.story.peers(&endpoint).cloned().collect();
        let mut pairs = peers
            .into_iter()
            .filter(|peer| to.as_ref().is_none_or(|to| to == peer))
            .map(|peer| (endpoint.clone(), peer))
            .peekable();
        if self.world.has_foreign() {
            return Some((endpoint, to));
        }
        if !self.story.unsure && pairs.peek().is_none() {
            let with = to.map_or(String::new(), |to| format!(" with `{to}`"));
            self.problems
                .add(
                    name.span,
                    format!("`{endpoint}` has no association{with}"),
                    "nothing to end",
                )
                .help("put a `connect` before this step");
            return None;
        }
        let (gone, there): (Vec<_>, Vec<_>) = pairs.partition(|pair| {
            self.story.ended.contains_key(pair) || self.story.lost.contains_key(pair)
        });
        if let (Some(pair), true) = (gone.first(), there.is_empty()) {
            self.not_ended(pair, name.span)?;
        }
        for pair in there {
            self.story.ended.insert(pair, self.own_name.clone());
        }
        Some((endpoint, to))
    }

    /// The endpoint whose socket this step closes, with all its associations.
    pub(crate) fn closes_all(&mut self, name: &Spanned<Reference>) -> Option<EndpointName> {
        let endpoint = self.endpoint(name)?;
        self.not_closed(&endpoint, name.span)?;
        let peers: Vec<EndpointName> = self.story.peers(&endpoint).cloned().collect();
        for peer in peers {
            let pair = (endpoint.clone(), peer);
            let by = self.own_name.clone();
            self.story.ended.entry(pair).or_insert(by);
        }
        self.closes(&endpoint);
        Some(endpoint)
    }

    /// Records that this step closes the endpoint's socket.
    fn closes(&mut self, endpoint: &EndpointName) {
        let by = self.own_name.clone();
        self.story.closed.insert(endpoint.clone(), by);
    }

    /// Records that the endpoint's socket is closed with its association, if it is a
    /// one-to-one socket that does not listen.
    pub(crate) fn closes_one_to_one(&mut self, endpoint: &EndpointName) {
        let closes =
            |facts: &crate::socket::Endpoint| facts.style == Style::OneToOne && !facts.listens;
        if self.facts(endpoint).is_some_and(closes) {
            self.closes(endpoint);
        }
    }
}
