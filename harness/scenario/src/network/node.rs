//! The form of a node, and the checks of nodes and routes.

use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::link;
use super::sysctl::SysctlsForm;
use crate::check::World;
use crate::diagnostic::{Problems, Spanned};
use crate::model::{MOST_NODES, Node, NodeName, Route};
use crate::read::{List, Read, record};
use crate::value::{Address, Boolean, Name, Network};
use crate::yaml::{self, Value};

record! {
    /// The settings of a node.
    struct NodeSettings = "{router: true}" {
        optional {
            /// Whether it forwards packets between its links.
            router: Boolean,
            /// Routes in addition to those to the networks of its own links.
            routes: List<RouteForm>,
            /// Kernel settings of the node's namespace.
            sysctl: SysctlsForm,
        }
    }
}

record! {
    /// A route of a node.
    struct RouteForm = "{to: 10.0.2.0/24, via: 10.0.1.254}" {
        required {
            /// Destination network.
            to: Network,
            /// The neighbour that forwards the packets: an address on one of the node's
            /// links.
            via: Address,
        }
    }
}

/// An item of `nodes`: a name, or a name with settings.
pub(crate) struct NodeForm {
    name: Spanned<Name>,
    settings: Option<NodeSettings>,
}

impl Read for NodeForm {
    fn read(node: &yaml::Node, problems: &mut Problems<'_>) -> Option<Self> {
        let (text, span, settings) = match &node.value {
            Value::Scalar(text) if !text.is_empty() => (text, node.span, None),
            Value::Map(entries) if entries.len() == 1 => {
                let (key, settings) = entries.first()?;
                (&key.value, key.span, NodeSettings::read(settings, problems))
            }
            _ => {
                let message = format!("expected the name of a node, found {}", node.found());
                problems
                    .add(node.span, message, "not a name")
                    .help("write `client`, or `core: {router: true}` where it has settings");
                return None;
            }
        };
        let value = Name::declare(text, span, problems);
        let name = Spanned { value, span };
        Some(Self { name, settings })
    }
}

impl JsonSchema for NodeForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "node".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let settings = generator.subschema_for::<NodeSettings>();
        json_schema!({"anyOf": [
            generator.subschema_for::<Name>(),
            {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": settings},
        ]})
    }
}

/// Checks the nodes without their routes, which are checked when the links are known.
pub(crate) fn check_nodes(forms: &List<NodeForm>, problems: &mut Problems<'_>) -> Vec<Node> {
    let mut seen = BTreeSet::new();
    let mut nodes = Vec::new();
    for form in &forms.items {
        let Spanned {
            value: Name(name),
            span,
        } = &form.value.name;
        if !seen.insert(name) {
            problems
                .add(*span, format!("there are two nodes `{name}`"), "the second")
                .help("give each node a name of its own");
            continue;
        }
        if nodes.len() == MOST_NODES {
            problems
                .add(
                    *span,
                    "this network is too large",
                    format!("node {}", nodes.len() + 1),
                )
                .help(format!(
                    "a network has at most {MOST_NODES} nodes: each is a whole network of the \
                     kernel's, and a guest has the memory for no more"
                ));
            break;
        }
        if link::is_setting(name) {
            let message = format!("a node cannot be called `{name}`");
            problems
                .add(*span, message, "reserved")
                .help("this word is a setting of links; take another name");
        }
        let settings = form.value.settings.as_ref();
        nodes.push(Node {
            name: NodeName::new(name),
            router: settings
                .and_then(|settings| settings.router.get())
                .is_some_and(|router| router.0),
            routes: Vec::new(),
            sysctls: settings
                .and_then(|settings| settings.sysctl.get())
                .map_or_else(Vec::new, |sysctl| sysctl.settings.clone()),
        });
    }
    nodes
}

/// Checks the routes of the nodes, and adds them.
pub(crate) fn check_routes(forms: &List<NodeForm>, world: &mut World, problems: &mut Problems<'_>) {
    for form in &forms.items {
        let name = NodeName::new(&form.value.name.value.0);
        let settings = form.value.settings.as_ref();
        let Some(routes) = settings.and_then(|settings| settings.routes.get()) else {
            continue;
        };
        let routes: Vec<Route> = routes
            .items
            .iter()
            .filter_map(|route| {
                let (to, via) = (route.value.to.spanned()?, route.value.via.spanned()?);
                let is_neighbour = !world.complete || world.is_neighbour(&name, via.value.0);
                check_route(&name, (to, via), is_neighbour, problems)
            })
            .collect();
        if let Some(node) = world.nodes.iter_mut().find(|node| node.name == name) {
            node.routes = routes;
        }
    }
}

/// Checks a route of `node`, of which `via` may be a neighbour.
pub(crate) fn check_route(
    node: &NodeName,
    (to, via): (&Spanned<Network>, &Spanned<Address>),
    is_neighbour: bool,
    problems: &mut Problems<'_>,
) -> Option<Route> {
    let (to, address) = (to.value.0, via.value.0);
    if to.addr().is_ipv4() != address.is_ipv4() {
        problems
            .add(
                via.span,
                format!("`{address}` and `{to}` are of two families"),
                "here",
            )
            .help("a route goes over a neighbour of the same family");
        return None;
    }
    if !is_neighbour {
        problems
            .add(
                via.span,
                format!("`{address}` is not a neighbour of `{node}`"),
                "no link leads there",
            )
            .help("write the address at the other end of one of its links");
        return None;
    }
    Some(Route { to, via: address })
}
