//! Facts about a run or a capture that its packets and observations do not show.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use recording::{Engine, Recording, Time};
use scenario::{Action, Scenario};

/// Facts about the run or capture of a ladder. The default is for a capture from
/// elsewhere: nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Whether the lab made the capture, so that payloads name the lab's messages.
    pub is_of_the_lab: bool,
    /// The host of each endpoint.
    pub endpoints: BTreeMap<String, String>,
    /// The host and the link of each address.
    pub addresses: BTreeMap<IpAddr, (String, String)>,
    /// The delay of each link in the scenario.
    pub delays: BTreeMap<String, Duration>,
    /// Time at which the run ended; `None` takes the time of the last packet.
    pub ended: Option<Time>,
    /// Whether paths were sampled after each frame that a host received. If not, the
    /// effect of a received frame was noticed later.
    pub looks_at_received: bool,
}

/// The first format of recordings whose paths were sampled after each frame that a host
/// received.
pub(crate) const LOOKS_AT_RECEIVED: u32 = 2;

impl Setting {
    /// The setting of a capture that the lab made of a run.
    #[must_use]
    pub fn of_the_lab() -> Self {
        Self {
            is_of_the_lab: true,
            ..Self::default()
        }
    }

    /// The setting of a recording, from the recording and its scenario.
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

    /// The host of an endpoint; the host of the same name if nothing else is known.
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
