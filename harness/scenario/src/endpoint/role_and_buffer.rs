//! Checks the roles of endpoints, their numbers of sockets, and their receive buffers.

use super::EndpointForm;
use crate::check::World;
use crate::diagnostic::Problems;
use crate::read::Map;
use crate::value::RoleForm;

/// Greatest number of sockets of an endpoint: each has a port of its own, and more teach
/// nothing.
const MOST: u64 = 1000;

/// Number of an endpoint's sockets; 1 by default.
pub(super) fn check_count(form: &EndpointForm, problems: &mut Problems<'_>) -> Option<usize> {
    let count = form.count.check(|count| {
        if !(1..=MOST).contains(&count.value.0) {
            problems
                .add(count.span, "this is no number of sockets", "this many")
                .help(format!("write a number from 1 to {MOST}"));
            return None;
        }
        if let (2.., Some(port)) = (count.value.0, form.listen.span().or(form.port.span())) {
            problems
                .add(
                    port,
                    "each of several sockets needs its own port",
                    "one for all",
                )
                .help("leave `listen` and `port` out: then the kernel chooses their ports");
            return None;
        }
        usize::try_from(count.value.0).ok()
    })?;
    Some(count.unwrap_or(1))
}

/// Size in bytes of the buffer for each receive call.
pub(super) fn check_receive_buffer(
    form: &EndpointForm,
    problems: &mut Problems<'_>,
) -> Option<Option<usize>> {
    form.receive_buffer.check(|size| {
        if size.value.0 == 0 {
            problems
                .add(
                    size.span,
                    "nothing can be received into no bytes",
                    "too small",
                )
                .help("write 1 or more");
            return None;
        }
        usize::try_from(size.value.0).ok()
    })
}

/// Notes a mistake if an endpoint relays to an unknown one. To be called when all
/// endpoints are known.
pub(super) fn check_relays(forms: &Map<EndpointForm>, world: &World, problems: &mut Problems<'_>) {
    for (name, form) in &forms.0 {
        let role = form.as_ref().and_then(|form| form.role.get());
        let Some(RoleForm::Relay(to)) = role else {
            continue;
        };
        if world.find_endpoint(to, problems).is_some() && to.value.0 == name.value.0 {
            problems
                .add(
                    to.span,
                    format!("`{}` relays to itself", to.value.0),
                    "a circle",
                )
                .help("name another endpoint");
        }
    }
}
