//! When the lab looked at the paths of a host.

use std::collections::BTreeMap;

use recording::{Direction, Event, Recording, Time};

use crate::setting::Setting;

/// The times, by host: after each frame that it sent, each notification, and before
/// each step that changes something. In newer recordings also after each frame that
/// it received.
///
/// Only what had changed is on record: that a look is not, says that nothing had.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    by_host: BTreeMap<String, Vec<Time>>,
}

impl Looks {
    pub(crate) fn of(recording: &Recording, setting: &Setting) -> Self {
        let mut looks = Self::default();
        for packet in &recording.packets {
            if let Some(interface) = recording.interfaces.get(packet.interface)
                && (packet.direction == Direction::Out || setting.looks_at_received)
            {
                looks.add(&interface.node, packet.at);
            }
        }
        let mut steps = Vec::new();
        for observation in &recording.observations {
            match &observation.event {
                Event::Notification { endpoint, .. } => {
                    looks.add(setting.host_of(endpoint), observation.at);
                }
                Event::StepStarted { acts: true, .. } => steps.push(observation.at),
                _ => {}
            }
        }
        for times in looks.by_host.values_mut() {
            times.extend(&steps);
            times.sort_unstable();
            times.dedup();
        }
        looks
    }

    fn add(&mut self, host: &str, at: Time) {
        match self.by_host.get_mut(host) {
            Some(times) => times.push(at),
            None => {
                self.by_host.insert(host.to_owned(), vec![at]);
            }
        }
    }

    /// The look before the last one up to a time, at which something was noticed.
    pub(crate) fn before(&self, host: &str, at: Time) -> Option<Time> {
        let times = self.by_host.get(host)?;
        let noticed = times.partition_point(|it| *it <= at).checked_sub(1)?;
        noticed.checked_sub(1).map(|place| times[place])
    }
}
