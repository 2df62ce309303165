//! The times at which the lab sampled the paths of a host.

use std::collections::BTreeMap;

use recording::{Direction, Event, Recording, Time};

use crate::setting::Setting;

/// The times of samples by host: after each frame that the host sent, after each
/// notification, and before each step that changes something. Since format 2 of recordings,
/// paths are sampled after each frame that the host received, too.
///
/// A recording has only samples that show a change. Where a sample is not on record,
/// nothing had changed.
#[derive(Debug, Default)]
pub(crate) struct SampleTimes {
    by_host: BTreeMap<String, Vec<Time>>,
}

impl SampleTimes {
    pub(crate) fn of(recording: &Recording, setting: &Setting) -> Self {
        let mut samples = Self::default();
        for packet in &recording.packets {
            if let Some(interface) = recording.interfaces.get(packet.interface)
                && (packet.direction == Direction::Out || setting.looks_at_received)
            {
                samples.add(&interface.node, packet.at);
            }
        }
        let mut steps = Vec::new();
        for observation in &recording.observations {
            match &observation.event {
                Event::Notification { endpoint, .. } => {
                    samples.add(setting.host_of(endpoint), observation.at);
                }
                Event::StepStarted { acts: true, .. } => steps.push(observation.at),
                _ => {}
            }
        }
        for times in samples.by_host.values_mut() {
            times.extend(&steps);
            times.sort_unstable();
            times.dedup();
        }
        samples
    }

    fn add(&mut self, host: &str, at: Time) {
        match self.by_host.get_mut(host) {
            Some(times) => times.push(at),
            None => {
                self.by_host.insert(host.to_owned(), vec![at]);
            }
        }
    }

    /// Time of the sample before the one that noticed a change. The latter is the last sample
    /// up to `at`.
    pub(crate) fn before(&self, host: &str, at: Time) -> Option<Time> {
        let times = self.by_host.get(host)?;
        let noticed = times.partition_point(|it| *it <= at).checked_sub(1)?;
        noticed.checked_sub(1).map(|place| times[place])
    }
}
