//! Checks the links: their names, ends, addresses, shapes and MTUs.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;

use super::link::{LinkForm, setting_keys};
use super::shape::check_shape;
use crate::check::World;
use crate::diagnostic::{Problems, Spanned};
use crate::model::{ETHERNET_MTU, Link, LinkEnd, LinkName, NodeName, Shape};
use crate::read::{Map, OneOrMany, Read, all_of, suggestion};
use crate::value::{Name, Prefixed};
use crate::yaml::{Node, Value, shortened};

/// Length of the longest interface name in Linux.
const LONGEST_NAME: usize = 15;

/// Names that Linux uses itself: an interface, and two folders among those of the interfaces
/// in `/proc/sys/net/ipv4/conf`.
const TAKEN: [&str; 3] = ["lo", "all", "default"];

/// An end with the place of each of its addresses.
struct End {
    node: NodeName,
    addresses: Vec<Spanned<Prefixed>>,
}

/// Checks the links, and puts them into `world`, which records whether some were wrong.
pub(crate) fn check_links(forms: &Map<LinkForm>, world: &mut World, problems: &mut Problems<'_>) {
    let mut owners = BTreeMap::new();
    for (name, form) in &forms.0 {
        check_name(name, problems);
        let name = &name.value.0;
        world.link_names.push(LinkName::new(name));
        let checked = form
            .as_ref()
            .and_then(|form| check_link(name, form, world, &mut owners, problems));
        match checked {
            Some(link) => world.links.push(link),
            None => world.complete = false,
        }
    }
}

fn check_name(name: &Spanned<Name>, problems: &mut Problems<'_>) {
    let Spanned {
        value: Name(text),
        span,
    } = name;
    if text.len() > LONGEST_NAME {
        problems
            .add(
                *span,
                format!("`{}` is too long for a link", shortened(text)),
                "this name",
            )
            .help(format!(
                "a link's name is also the name of its interfaces, which have at most \
                 {LONGEST_NAME} characters"
            ));
    }
    if TAKEN.contains(&text.as_str()) {
        problems
            .add(
                *span,
                format!("a link cannot be called `{text}`"),
                "reserved",
            )
            .help("its interfaces bear its name, and Linux uses this one itself");
    }
}

fn check_link(
    name: &str,
    form: &LinkForm,
    world: &World,
    owners: &mut BTreeMap<IpAddr, String>,
    problems: &mut Problems<'_>,
) -> Option<Link> {
    let ends: Vec<End> = form
        .ends
        .iter()
        .filter_map(|(key, value)| check_end(key, value, world, problems))
        .collect();
    let shape = check_directions(form, &ends, world, problems);
    let mtu = check_mtu(form, &ends, problems).unwrap_or(ETHERNET_MTU);
    for end in &ends {
        for address in &end.addresses {
            check_owner(name, end, address, owners, problems);
        }
    }
    let [left, right] = ends.as_slice() else {
        if form.ends.len() != 2 {
            let message = format!("a link has two ends, `{name}` has {}", form.ends.len());
            problems.add(form.span, message, "this link").help(
                "write its two nodes with their addresses: \
                 `{client: 10.0.1.1/24, server: 10.0.1.2/24}`",
            );
        }
        return None;
    };
    check_networks(right, left, problems);
    if right
        .networks()
        .intersection(&left.networks())
        .next()
        .is_some()
    {
        // If the two ends share no network at all, the first call has noted that.
        check_networks(left, right, problems);
    }
    Some(Link {
        name: LinkName::new(name),
        ends: [left.to_model(), right.to_model()],
        shape,
        mtu,
    })
}

impl End {
    fn networks(&self) -> BTreeSet<IpNet> {
        let nets = self.addresses.iter().map(|address| address.value.0);
        nets.map(|net| net.trunc()).collect()
    }

    fn to_model(&self) -> LinkEnd {
        LinkEnd {
            node: self.node.clone(),
            addresses: self
                .addresses
                .iter()
                .map(|address| address.value.0)
                .collect(),
        }
    }
}

fn check_end(
    key: &Spanned<String>,
    value: &Node,
    world: &World,
    problems: &mut Problems<'_>,
) -> Option<End> {
    let nodes = || world.nodes.iter().map(|node| node.name.as_str());
    if !nodes().any(|node| node == key.value) {
        if world.unreadable.nodes {
            return None;
        }
        let settings = setting_keys().iter().copied();
        let likely = suggestion(&key.value, settings.chain(nodes()), problems);
        let help = match likely {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => format!("the nodes are {}", all_of(nodes())),
        };
        let message = if likely.is_some_and(|likely| setting_keys().contains(&likely)) {
            format!("unknown key `{}`", shortened(&key.value))
        } else {
            format!("there is no node `{}`", shortened(&key.value))
        };
        problems.add(key.span, message, "not known here").help(help);
        return None;
    }
    let addresses = OneOrMany::<Prefixed>::read(value, problems)?.0;
    let is_list = matches!(value.value, Value::List(_));
    (!addresses.broken && (is_list || !addresses.items.is_empty())).then(|| End {
        node: NodeName::new(&key.value),
        addresses: addresses.items,
    })
}

/// Checks that no two interfaces of a scenario have the same address.
fn check_owner(
    link: &str,
    end: &End,
    address: &Spanned<Prefixed>,
    owners: &mut BTreeMap<IpAddr, String>,
    problems: &mut Problems<'_>,
) {
    let ip = address.value.0.addr();
    let owner = format!("`{}` on `{link}`", end.node);
    if let Some(first) = owners.get(&ip) {
        problems
            .add(
                address.span,
                format!("`{ip}` is given twice"),
                "the second time",
            )
            .help(format!(
                "{first} has it already; each interface needs its own"
            ));
    } else {
        owners.insert(ip, owner);
    }
}

/// Checks that every address at one end is in a network of the other.
fn check_networks(end: &End, other: &End, problems: &mut Problems<'_>) {
    let networks = other.networks();
    for address in &end.addresses {
        let net = address.value.0;
        if networks.contains(&net.trunc()) {
            continue;
        }
        let message = format!("`{net}` is in no network of `{}`", other.node);
        let known = networks.iter().map(ToString::to_string).collect::<Vec<_>>();
        problems
            .add(address.span, message, "the other end is elsewhere")
            .help(format!(
                "`{}` is in {}; both ends of a link share a network and its prefix",
                other.node,
                all_of(known.iter().map(String::as_str)),
            ));
    }
}

fn check_directions(
    form: &LinkForm,
    ends: &[End],
    world: &World,
    problems: &mut Problems<'_>,
) -> [Shape; 2] {
    let settings = &form.settings;
    let both = check_shape(
        (
            &settings.delay,
            &settings.jitter,
            &settings.loss,
            &settings.rate,
        ),
        &Shape::default(),
        problems,
    );
    let mut shape = [both.clone(), both.clone()];
    for (from, direction) in &form.directions {
        let one_way = direction.check(&both, problems);
        match ends.iter().position(|end| end.node.as_str() == from.value) {
            Some(at @ (0 | 1)) => shape[at] = one_way,
            // If an end is wrong itself, nothing is reported.
            _ if ends.len() < 2 && world.has_node(&from.value) => {}
            _ => not_an_end(from, ends, problems),
        }
    }
    shape
}

fn not_an_end(from: &Spanned<String>, ends: &[End], problems: &mut Problems<'_>) {
    let nodes: Vec<&str> = ends.iter().map(|end| end.node.as_str()).collect();
    let help = match suggestion(&from.value, nodes.iter().copied(), problems) {
        Some(likely) => format!("did you mean `from-{likely}`?"),
        None => format!("its ends are {}", all_of(nodes)),
    };
    let message = format!("`{}` is not an end of this link", shortened(&from.value));
    problems.add(from.span, message, "not an end").help(help);
}

fn check_mtu(form: &LinkForm, ends: &[End], problems: &mut Problems<'_>) -> Option<u32> {
    let mtu = form.mtu().spanned()?;
    let addresses = ends.iter().flat_map(|end| &end.addresses);
    let (least, family) = least_mtu(addresses.map(|address| &address.value.0));
    match u32::try_from(mtu.value.0) {
        Ok(bytes) if (least..=65_535).contains(&bytes) => Some(bytes),
        _ => {
            let message = format!("a link cannot have an MTU of {}", mtu.value.0);
            problems.add(mtu.span, message, "this MTU").help(format!(
                "for {family} it is {least} to 65535 bytes; Ethernet has 1500"
            ));
            None
        }
    }
}

/// The least MTU of a link with these addresses, and the protocol that demands it.
pub(crate) fn least_mtu<'a>(mut addresses: impl Iterator<Item = &'a IpNet>) -> (u32, &'static str) {
    // RFC 8200 section 5; RFC 791 section 3.2.
    match addresses.any(|address| address.addr().is_ipv6()) {
        true => (1280, "IPv6"),
        false => (68, "IPv4"),
    }
}
