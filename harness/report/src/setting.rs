//! What is known of a run besides what was seen in it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use recording::{Engine, Recording, Time};
use scenario::{Action, Scenario};

/// What is known beforehand of the run or capture that a ladder is of. The
/// default is what is known of a capture from elsewhere: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Whether the lab made it, so that payloads say which messages they are.
    pub is_of_the_lab: bool,
    /// On which host each endpoint is.
    pub endpoints: BTreeMap<String, String>,
    /// On which host each address is, and on which of its links.
    pub addresses: BTreeMap<IpAddr, (String, String)>,
    /// How long a frame may take over each link, as the scenario has it.
    pub delays: BTreeMap<String, Duration>,
    /// When it ended; the time of the last packet if that is not known.
    pub ended: Option<Time>,
    /// Whether paths were looked at after each frame that a host received. If
    /// not, what a received frame changed was noticed later.
    pub looks_at_received: bool,
}

/// Recordings of this form and later ones have paths looked at after each frame
/// that a host received.
pub(crate) const LOOKS_AT_RECEIVED: u32 = 2;

impl Setting {
    /// Of a capture that the lab made of a run.
    #[must_use]
    pub fn of_the_lab() -> Self {
        Self {
            is_of_the_lab: true,
            ..Self::default()
        }
    }

    /// Of a recording: what it says itself, and its scenario.
    #[must_use]
    pub fn of(recording: &Recording) -> Self {
        let info = &recording.info;
        let scenario = scenario::parse(&info.scenario, &recording.scenario).ok();
        let mut setting = Self {
            is_of_the_lab: info.engine != Engine::Capture,
            ended: Some(info.duration),
            looks_at_received: info.format >= LOOKS_AT_RECEIVED,
            ..Self::default()
        };
        if let Some(scenario) = scenario {
            setting.know(&scenario);
        }
        setting
    }

    /// The host that an endpoint is on: the one of its name, if nothing else is
    /// known.
    pub(crate) fn host_of<'a>(&'a self, endpoint: &'a str) -> &'a str {
        self.endpoints
            .get(endpoint)
            .map_or(endpoint, String::as_str)
    }

    fn know(&mut self, scenario: &Scenario) {
        for endpoint in &scenario.endpoints {
            self.endpoints
                .insert(endpoint.name.to_string(), endpoint.node.to_string());
        }
        for program in &scenario.programs {
            self.endpoints
                .insert(program.name.to_string(), program.node.to_string());
        }
        for link in &scenario.links {
            let name = link.name.to_string();
            let longest = link.shape.iter().map(|shape| shape.delay + shape.jitter);
            self.delays
                .insert(name.clone(), longest.max().unwrap_or_default());
            for end in &link.ends {
                for net in &end.addresses {
                    let place = (end.node.to_string(), name.clone());
                    self.addresses.insert(net.addr(), place);
                }
            }
        }
        for step in &scenario.steps {
            if let Action::AddInterfaceAddress(added) = &step.action {
                let place = (added.node.to_string(), added.link.to_string());
                self.addresses.insert(added.address.addr(), place);
            }
        }
    }
}
