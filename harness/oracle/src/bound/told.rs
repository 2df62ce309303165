//! What an endpoint and its kernel do not tell, so that a judgement cannot be made.

use recording::{Event, Time};
use scenario::{Action, Sysctl};

use super::{Case, Judged};

impl Case<'_, '_> {
    /// Limits a judgement to what can be known.
    ///
    /// # Errors
    /// The stack seems to be wrong, but the application heard of the event late, or the kernel
    /// hid the path.
    pub(super) fn as_far_as_told(&self, judged: Judged) -> Result<Judged, String> {
        let is_within = self.seen.is_none_or(|(_, at)| {
            let elapsed = (at - judged.from).into();
            let mut between = judged.between.iter();
            between.all(|between| between.allows(elapsed))
        });
        if is_within && !judged.by_timers {
            return Ok(judged);
        }
        let why = self.heard_late().or_else(|| self.hides_paths());
        why.map_or(Ok(judged), Err)
    }

    /// The state that the notification told of, if it has one.
    pub(super) fn seen_state(&self) -> Option<&str> {
        let (index, _) = self.seen?;
        let observation = self.timeline.recording.observations.get(index)?;
        match &observation.event {
            Event::Notification { fields, .. } => fields.state(),
            _ => None,
        }
    }

    /// What was seen, in words, where it is no end of an association: the expectation names no
    /// state, and the association came up or was restarted.
    pub(super) fn no_end(&self) -> Option<&'static str> {
        match self.seen_state()? {
            "SCTP_COMM_UP" => Some("the set-up succeeded"),
            "SCTP_RESTART" => Some("the peer restarted it"),
            _ => None,
        }
    }

    /// Why the time of the notification is not that of the event: the endpoint did not read,
    /// and notifications wait like messages.
    fn heard_late(&self) -> Option<String> {
        let (_, at) = self.seen?;
        let start_of_last = |is_it: &dyn Fn(&Action) -> bool| -> Option<Time> {
            let steps = self.scenario.steps.iter();
            let of_it = steps.filter(|step| is_it(&step.action));
            let starts = of_it.filter_map(|step| self.timeline.start_of(&step.name));
            starts.filter(|start| *start <= at).max()
        };
        let endpoint = &self.expect.at;
        let resumed = start_of_last(
            &|action| matches!(action, Action::ResumeReading(it) if it.endpoint == *endpoint),
        )?;
        start_of_last(
            &|action| matches!(action, Action::PauseReading(it) if it.endpoint == *endpoint),
        )?;
        (at <= resumed + self.slack().notice).then(|| {
            format!(
                "{endpoint} did not read until {resumed}, and its notifications waited: put \
                 `resume-reading` before what is to be noticed"
            )
        })
    }

    /// Why the kernel does not report a path that is potentially failed
    /// (net/sctp/socket.c, `sctp_getsockopt_peer_addr_info`).
    fn hides_paths(&self) -> Option<String> {
        let hides = |it: &Sysctl| it.name == "net.sctp.pf_expose" && it.value == 1;
        let node = self.node();
        let mut nodes = self.scenario.nodes.iter();
        let from_the_start =
            nodes.any(|it| it.name.as_str() == node && it.sysctls.iter().any(hides));
        let mut steps = self.scenario.steps.iter();
        let is_set = steps.any(|step| {
            let begun = self.timeline.start_of(&step.name);
            matches!(&step.action, Action::SetSysctl(it)
                if it.node.as_str() == node && it.sysctls.iter().any(hides))
                && begun.is_some_and(|begun| begun <= self.until())
        });
        (from_the_start || is_set).then(|| {
            format!(
                "net.sctp.pf_expose is 1 at {node}: its kernel does not report a path while that \
                 is potentially failed; write 2"
            )
        })
    }
}
