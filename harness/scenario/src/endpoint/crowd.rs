//! What endpoints do, and how many of a kind there are.

use super::EndpointForm;
use crate::check::World;
use crate::diagnostic::Problems;
use crate::read::Map;
use crate::value::RoleForm;

/// More clients than this are no lesson, and each has a port of its own.
const MOST: u64 = 1000;

/// How many sockets an endpoint has; 1 where it does not say.
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

/// The bytes that it hands to each receive call.
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

/// Notes it where somebody relays to who is not there. To be done when all
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
