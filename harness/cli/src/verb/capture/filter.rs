//! The packet filter of a capture.

use std::collections::BTreeSet;

use live::{Filter, Header};

use crate::args::Capture;
use crate::exit::Exit;
use crate::{console, library};

/// The filter on the command line. Prints an error for each node or path that does not
/// exist.
pub(super) fn of(args: &Capture, header: &Header) -> Result<Filter, Exit> {
    let names = header.interfaces.iter().filter_map(|it| it.name.as_deref());
    let (hosts, links): (BTreeSet<_>, BTreeSet<_>) =
        names.filter_map(|name| name.split_once('/')).unzip();
    let nodes_known = known("node", &args.nodes, &hosts);
    let paths_known = known("path", &args.paths, &links);
    if !nodes_known || !paths_known {
        return Err(Exit::Wrong);
    }
    Ok(Filter {
        hosts: args.nodes.iter().cloned().collect(),
        links: args.paths.iter().cloned().collect(),
        chunks: args.chunks.iter().copied().collect(),
    })
}

/// Whether all wanted names exist; prints an error otherwise.
fn known(what: &str, wanted: &[String], there: &BTreeSet<&str>) -> bool {
    let unknown = wanted.iter().filter(|name| !there.contains(name.as_str()));
    let names: Vec<String> = there.iter().map(|&name| name.to_owned()).collect();
    let complaints = unknown.map(|name| {
        let hint = library::hint(name, &names);
        let hint = hint.unwrap_or_else(|| format!("there are {}", names.join(", ")));
        console::error(&format!("there is no {what} `{name}`; {hint}"));
    });
    complaints.count() == 0
}
