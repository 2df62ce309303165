//! Reads and checks a file of targets.

use std::path::Path;

use document::diagnostic::{Problems, Span};
use document::read::{Read, Shortly};
use document::value::Name;
use document::yaml::{self, Genre};
use document::{Diagnostic, FileError};
use ssh::Host;

use crate::form::{File, TargetForm};
use crate::target::Target;

const TARGETS: Genre = Genre {
    one: "list of targets",
    many: "lists of targets",
    beginning: "name a target: `server: {host: 192.0.2.1}`",
    largest: 256 * 1024,
};

/// SCTP in IP, and SCTP in UDP on the port of RFC 6951.
const DEFAULT_FILTER: &str = "sctp or udp port 9899";

/// All interfaces, on Linux.
const DEFAULT_INTERFACE: &str = "any";

/// Reads and checks the targets in a file. Returns them in the order of the file, with the
/// file's text.
///
/// # Errors
/// The file cannot be read, or is not a list of targets.
pub fn parse_file(path: &Path) -> Result<(Vec<Target>, String), FileError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    document::read_file(path, |source| parse(source, folder))
}

/// Reads and checks targets, in the order of the source. Paths of keys are relative to
/// `folder`.
///
/// # Errors
/// All mistakes, in the order of the source; at least one.
pub fn parse(source: &str, folder: &Path) -> Result<Vec<Target>, Vec<Diagnostic>> {
    let mut problems = Problems::new(source);
    let file = yaml::load(source, &TARGETS, &mut problems)
        .and_then(|root| File::read(&root, &mut problems));
    let Some(file) = file else {
        return Err(problems.sorted());
    };
    if file.0.is_empty() {
        problems
            .add(Span::default(), "there is no target", "nothing here")
            .help(TARGETS.beginning);
    }
    let targets: Vec<Target> = file
        .0
        .iter()
        .filter_map(|(name, form)| target(&name.value, form.as_ref()?, folder))
        .collect();
    match problems.is_empty() {
        true => Ok(targets),
        false => Err(problems.sorted()),
    }
}

/// The target of a form; `None` where the form has a mistake, which is on the list of
/// problems already.
fn target(name: &Name, Shortly(form): &Shortly<TargetForm>, folder: &Path) -> Option<Target> {
    let or = |given: Option<String>, default: &str| given.unwrap_or_else(|| default.to_owned());
    Some(Target {
        name: name.0.clone(),
        host: Host {
            name: form.host.get()?.0.clone(),
            user: form.user.get().map(|user| user.0.clone()),
            port: form.port.get().map(|port| port.0.get()),
            key: form.key.get().map(|key| key.within(folder)),
        },
        sudo: form.sudo.get().is_some_and(|sudo| sudo.0),
        interface: or(
            form.interface.get().map(|name| name.0.clone()),
            DEFAULT_INTERFACE,
        ),
        filter: or(
            form.filter.get().map(|filter| filter.0.clone()),
            DEFAULT_FILTER,
        ),
    })
}
