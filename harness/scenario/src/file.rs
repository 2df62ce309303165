//! A scenario file as it is written.

use crate::assertion::AssertionKinds;
use crate::endpoint::EndpointForm;
use crate::exercise::ExerciseKinds;
use crate::known_failure::KnownFailureForm;
use crate::measure::MeasureKinds;
use crate::model::{Capability, LinuxRule};
use crate::network::{LinkForm, NodeForm};
use crate::parameter::ValuesForm;
use crate::read::{ChoiceOf, List, Map, OneKey, OneOrMany, record};
use crate::sabotage::SabotageForm;
use crate::step::StepKinds;
use crate::value::{RfcForm, Text, Time};

record! {
    /// A scenario of sctp-lab: which hosts, links and SCTP endpoints there are,
    /// what happens to them, and what must be seen.
    struct File = "{title: …, nodes: […], links: {…}, endpoints: {…}, steps: […]}" {
        required {
            /// One sentence: what happens.
            title: Text,
            /// The hosts: a list of names. One with settings is a map:
            /// `- core: {router: true}`.
            nodes: List<NodeForm>,
            /// The cables, each between two nodes, by name:
            /// `path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24, delay: 10ms}`.
            links: Map<LinkForm>,
            /// The SCTP sockets, by name:
            /// `server: {node: server, listen: 5000, subscribe: all}`.
            endpoints: Map<EndpointForm>,
            /// What happens, in order: a list of maps with one key each, the
            /// kind of step.
            steps: List<OneKey<StepKinds>>,
        }
        optional {
            /// The sections of RFCs that this scenario shows: `[9260#8.2, 7829#3.2]`.
            rfc: OneOrMany<RfcForm>,
            /// Where Linux does in this scenario what the RFC does not say, by the names of
            /// `docs/where-linux-differs.md`: `explain` and the report tell of each.
            deviates: OneOrMany<ChoiceOf<LinuxRule>>,
            /// What not every kernel can do and this scenario needs: the kernel is
            /// asked, and one that cannot skips the scenario.
            needs: OneOrMany<ChoiceOf<Capability>>,
            /// The lesson in plain words, for a reader who knows TCP and no SCTP.
            lesson: Text,
            /// The most protocol time that a run may take; `1h` if left out.
            limit: Time,
            /// What is left open, by name: each parameter has a value, a list of values
            /// or a range such as `1..50` or `0%..5% by 1%`. `$name` stands for the value
            /// anywhere below. A run takes the first, `--set name=value` another, and
            /// `sctp-lab sweep` all. One named `seed` is the seed of the run, too.
            parameters: Map<ValuesForm>,
            /// What must be true of the whole run, in any order: a list of maps
            /// with one key each, the kind of assertion.
            assert: List<OneKey<AssertionKinds>>,
            /// What is to be measured: a list of maps with one key each, the kind of
            /// measure. The numbers are neither right nor wrong; `sctp-lab sweep` collects
            /// them.
            measure: List<OneKey<MeasureKinds>>,
            /// Small changes under which the scenario must fail, by name: the
            /// proof that it can.
            sabotage: List<SabotageForm>,
            /// Where a kernel is known to do otherwise: on that kernel the scenario must fail
            /// by what is named here, and by nothing else.
            known_failures: List<KnownFailureForm>,
            /// What a learner is asked of a run: a list of maps with one key each, the kind
            /// of exercise. The answers are taken from the run. `sctp-lab learn` asks, and
            /// the report does.
            exercises: List<OneKey<ExerciseKinds>>,
        }
    }
}
