//! The form of a scenario file.

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
    /// A scenario of sctp-lab: its hosts, links and SCTP endpoints, the steps of its
    /// story, and the assertions about it.
    struct File = "{title: …, nodes: […], links: {…}, endpoints: {…}, steps: […]}" {
        required {
            /// The story in one sentence.
            title: Text,
            /// The hosts: a list of names. One with settings is a map:
            /// `- core: {router: true}`.
            nodes: List<NodeForm>,
            /// The cables, each between two nodes, by name:
            /// `path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24, delay: 10ms}`.
            links: Map<LinkForm>,
            /// The SCTP endpoints, by name:
            /// `server: {node: server, listen: 5000, subscribe: all}`.
            endpoints: Map<EndpointForm>,
            /// The story: a list of maps with one key each, the kind of step.
            steps: List<OneKey<StepKinds>>,
        }
        optional {
            /// The sections of RFCs that this scenario shows: `[9260#8.2, 7829#3.2]`.
            rfc: OneOrMany<RfcForm>,
            /// Rules by which Linux deviates from the RFC in this scenario, by their
            /// names in `docs/where-linux-differs.md`. `explain` and the report describe
            /// them.
            deviates: OneOrMany<ChoiceOf<LinuxRule>>,
            /// Capabilities that this scenario needs and not every kernel has. The kernel
            /// is probed, and the scenario is skipped on one without them.
            needs: OneOrMany<ChoiceOf<Capability>>,
            /// The lesson in plain words, for a reader who knows TCP and no SCTP.
            lesson: Text,
            /// The greatest protocol time of a run; `1h` if left out.
            limit: Time,
            /// Parameters by name: each has a value, a list of values or a range such as
            /// `1..50` or `0%..5% by 1%`. Anywhere else in the file `$name` stands for the
            /// value. A run takes the first value, `--set name=value` another, and `sctp-lab
            /// sweep` all of them. A parameter named `seed` is also the seed of the run.
            parameters: Map<ValuesForm>,
            /// Conditions on the whole run, in any order: a list of maps with one key
            /// each, the kind of assertion.
            assert: List<OneKey<AssertionKinds>>,
            /// Measures: a list of maps with one key each, the kind of measure. Their
            /// numbers are neither right nor wrong; `sctp-lab sweep` collects them.
            measure: List<OneKey<MeasureKinds>>,
            /// Small changes under which the scenario must fail: the proof that it can
            /// fail.
            sabotage: List<SabotageForm>,
            /// Known deviations of kernels: on such a kernel the scenario must fail by
            /// the judgements that are named here, and by no others.
            known_failures: List<KnownFailureForm>,
            /// Exercises: a list of maps with one key each, the kind of exercise. The
            /// answers are taken from the run. `sctp-lab learn` and the report ask them.
            exercises: List<OneKey<ExerciseKinds>>,
        }
    }
}
