//! The context in which a step or an assertion is checked.

use super::{Bearer, Names, Position, Story, World};
use crate::diagnostic::{Problems, Span, Spanned};
use crate::model::{EndpointName, Link, LinkName, NodeName, StepName};
use crate::read::{Optional, Required, all_of};
use crate::socket::Endpoint;
use crate::value::Reference;

/// The context in which a step or an assertion is checked.
pub(crate) struct Scope<'c, 's> {
    pub(crate) world: &'c World,
    pub(crate) names: &'c Names,
    pub(crate) story: Story,
    pub(crate) problems: &'c mut Problems<'s>,
    /// Name of the step or assertion that is checked.
    pub(crate) own_name: StepName,
    /// Place of the key of that step or assertion.
    pub(crate) own_span: Span,
    pub(crate) position: Position,
}

impl Scope<'_, '_> {
    pub(crate) fn endpoint(&mut self, name: &Spanned<Reference>) -> Option<EndpointName> {
        self.world.find_endpoint(name, self.problems)
    }

    /// An endpoint of any kind.
    pub(crate) fn party(&mut self, name: &Spanned<Reference>) -> Option<EndpointName> {
        self.world.find_party(name, self.problems)
    }

    /// A node with a kernel: a node without scripted peers.
    pub(crate) fn kernel(&mut self, name: &Spanned<Reference>) -> Option<NodeName> {
        let node = self.node(name)?;
        if self.world.is_hosted(&node) {
            self.problems
                .add(
                    name.span,
                    format!("a scripted peer speaks for `{node}`"),
                    "no kernel here",
                )
                .help("name a node whose endpoints have sockets");
            return None;
        }
        Some(node)
    }

    pub(crate) fn node(&mut self, name: &Spanned<Reference>) -> Option<NodeName> {
        self.world.find_node(name, self.problems)
    }

    pub(crate) fn link(&mut self, name: &Spanned<Reference>) -> Option<LinkName> {
        self.world.find_link(name, self.problems)
    }

    /// A node that is an end of `link`. The link itself may be unknown.
    pub(crate) fn end_of(
        &mut self,
        link: Option<&LinkName>,
        node: &Spanned<Reference>,
    ) -> Option<NodeName> {
        let name = self.node(node)?;
        if let Some(link) = link.and_then(|link| self.world.link(link))
            && link.end_of(&name).is_none()
        {
            self.not_an_end(link, &name, node.span);
            return None;
        }
        Some(name)
    }

    /// The sending node, and the link if one is named, of which the node must be an end.
    pub(crate) fn sender(
        &mut self,
        from: &Required<Reference>,
        on: &Optional<Reference>,
    ) -> Option<(NodeName, Option<LinkName>)> {
        let on = self.optional(on, |scope, on| scope.link(on));
        let link = on.as_ref().and_then(Option::as_ref);
        let from = from.spanned().and_then(|node| self.end_of(link, node));
        Some((from?, on?))
    }

    fn not_an_end(&mut self, link: &Link, node: &NodeName, span: Span) {
        let ends = link.ends.iter().map(|end| end.node.as_str());
        self.problems
            .add(
                span,
                format!("`{node}` is not an end of `{}`", link.name),
                "not an end",
            )
            .help(format!("its ends are {}", all_of(ends)));
    }

    /// A step that comes before this one.
    pub(crate) fn earlier_step(
        &mut self,
        what: &str,
        kind: Option<&str>,
        name: &Spanned<Reference>,
    ) -> Option<StepName> {
        let wanted = |named: &super::names::Named| {
            matches!(named.bearer, Bearer::Step(_)) && kind.is_none_or(|kind| kind == named.kind)
        };
        let text = &name.value.0;
        let named = self
            .names
            .find(what, text, name.span, wanted, self.problems)?;
        if let Bearer::Step(position) = named.bearer
            && position >= self.position
        {
            self.problems
                .add(name.span, format!("`{text}` comes only later"), "not yet")
                .help("name a step that comes before this one");
            return None;
        }
        Some(StepName::new(text))
    }

    /// The endpoint, if it is valid.
    pub(crate) fn facts(&self, name: &EndpointName) -> Option<&Endpoint> {
        self.world.endpoint(name)
    }

    /// Like [`Optional::check`], with the scope as an argument.
    pub(crate) fn optional<T, U>(
        &mut self,
        field: &Optional<T>,
        check: impl FnOnce(&mut Self, &Spanned<T>) -> Option<U>,
    ) -> Option<Option<U>> {
        field.check(|value| check(self, value))
    }
}
