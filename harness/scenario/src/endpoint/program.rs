//! Programs: endpoints whose sockets are their own.

use std::time::Duration;

use super::check::check_addresses;
use super::form::{EndpointForm, of_kind};
use crate::check::World;
use crate::diagnostic::{Problems, Span, Spanned};
use crate::model::{EndpointName, Program, Ready, Signal};
use crate::read::{Choice, Map, record};
use crate::value::{Line, Name, Time};

record! {
    /// The condition for a program to be ready.
    struct ReadyForm = "{output: listening, within: 5s}" {
        required {
            /// A regular expression that a line of the program's output must match. Many
            /// programs buffer output to a pipe; most have an option against that
            /// (`iperf3 --forceflush`, `python3 -u`).
            output: Line,
        }
        optional {
            /// The time limit, from the program's start; 10 s if left out.
            within: Time,
        }
    }
}

const READY_WITHIN: Duration = Duration::from_secs(10);

impl ReadyForm {
    fn check(&self) -> Option<Ready> {
        Some(Ready {
            output: self.output.get()?.0.clone(),
            within: self.within.get().map_or(READY_WITHIN, |time| time.0),
        })
    }
}

impl Choice for Signal {
    const WHAT: &'static str = "a signal";

    fn choices() -> Vec<(std::borrow::Cow<'static, str>, Self)> {
        let all = Signal::ALL.iter();
        all.map(|name| ((*name).into(), Signal(name))).collect()
    }
}

/// Checks the programs, and puts them into `world`. To be called when all peers are
/// known.
pub(super) fn check_programs(
    forms: &Map<EndpointForm>,
    world: &mut World,
    problems: &mut Problems<'_>,
) {
    for (name, form) in of_kind(forms, EndpointForm::is_program) {
        let program = check_program(name, form, world, problems);
        if let Some(known) = world.known_mut(&name.value) {
            known.program = program;
        }
    }
}

fn check_program(
    name: &Spanned<Name>,
    form: &EndpointForm,
    world: &World,
    problems: &mut Problems<'_>,
) -> Option<Program> {
    refuse_what_sockets_have(form, problems);
    let node = form.node.spanned()?;
    let node_name = world.find_node(node, problems)?;
    if world.is_hosted(&node_name) {
        problems
            .add(
                node.span,
                format!("a scripted peer speaks for `{node_name}`"),
                "no kernel for a program here",
            )
            .help("put the program on a node of its own");
        return None;
    }
    let addresses = check_addresses(form, &node_name, world, problems)?;
    let arguments = form.args.check(|args| {
        let all = args.value.items.iter().map(|it| it.value.0.clone());
        (!args.value.broken).then(|| all.collect())
    })?;
    let environment = form.env.check(|env| env.value.all())?;
    Some(Program {
        name: EndpointName::new(&name.value.0),
        node: node_name,
        program: form.program.get()?.0.clone(),
        arguments: arguments.unwrap_or_default(),
        environment: environment.unwrap_or_default(),
        input: form.input.check(|text| Some(text.value.0.clone()))?,
        ready: form.ready.check(|ready| ready.value.check())?,
        port: form.port.check(|port| Some(port.value.0.get()))?,
        addresses,
    })
}

fn refuse_what_sockets_have(form: &EndpointForm, problems: &mut Problems<'_>) {
    let of_others: [(&str, Option<Span>); 13] = [
        ("kind", form.kind.span()),
        ("to", form.to.span()),
        ("auth-key", form.auth_key.span()),
        ("style", form.style.span()),
        ("listen", form.listen.span()),
        ("wildcard", form.wildcard.span()),
        ("subscribe", form.subscribe.span()),
        ("options", form.options.span()),
        ("streams", form.streams.span()),
        ("role", form.role.span()),
        ("count", form.count.span()),
        ("receive-buffer", form.receive_buffer.span()),
        ("timers", form.timers.span()),
    ];
    for (key, span) in of_others {
        let Some(span) = span else { continue };
        let help = match key {
            "kind" => "leave it out: `program` says what it is",
            "listen" => "write `port`, so that others find it; that it listens is for its `args`",
            "timers" => {
                "leave it out: a program sets its own; those of its node are \
                 `sysctl: {net.sctp.rto_min: 100}`"
            }
            _ => "leave it out: what a program does, its `args` say",
        };
        problems
            .add(span, format!("a program has no `{key}`"), "not of programs")
            .help(help);
    }
}

/// Notes keys of programs at an endpoint that is no program.
pub(super) fn refuse_what_programs_have(
    form: &EndpointForm,
    what: &str,
    problems: &mut Problems<'_>,
) {
    let of_programs: [(&str, Option<Span>); 4] = [
        ("args", form.args.span()),
        ("env", form.env.span()),
        ("input", form.input.span()),
        ("ready", form.ready.span()),
    ];
    for (key, span) in of_programs {
        if let Some(span) = span {
            problems
                .add(span, format!("{what} has no `{key}`"), "of programs")
                .help("say which program it is: `program: iperf3`");
        }
    }
}
