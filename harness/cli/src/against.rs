//! A stack on another host: checks the options, and contacts the stack.

mod translate;

use std::collections::BTreeSet;
use std::net::IpAddr;

use engine::against::{Against, Known, Meeting, settings};
use recording::Ended;
use scenario::{Capability, LinkEnd, Scenario};

use super::args::{EngineChoice, Remote, Site};
use super::console::{self, Progress};
use super::exit::Exit;
use super::library::{self, Loaded};

/// The port of the stack, unless the command line gives another.
const PORT: u16 = 5000;

impl Remote {
    /// Reports wrong options. Returns whether there were any.
    pub(crate) fn complain(&self, site: &Site, loaded: &[Loaded]) -> bool {
        let mut complaints = Vec::new();
        let no_kernel = "--against runs no kernel of the lab's";
        if !matches!(site.engine, EngineChoice::Auto) || site.machine.is_some() {
            complaints.push(format!("{no_kernel}: leave out --engine and --box"));
        }
        if !site.kernel.is_empty() || site.modules.is_some() {
            complaints.push(format!("{no_kernel}: leave out --kernel and --modules"));
        }
        if site.seed.is_some() {
            complaints
                .push("--against is real time, which has no second run: leave out --seed".into());
        }
        let known: BTreeSet<&str> = loaded
            .iter()
            .flat_map(|it| settings(&it.scenario))
            .map(|(_, word)| word)
            .collect();
        for word in &self.granted {
            if !known.contains(word.as_str()) {
                let known: Vec<String> = known.iter().map(ToString::to_string).collect();
                let help = library::hint(word, &known)
                    .unwrap_or_else(|| format!("they set {}", known.join(", ")));
                complaints.push(format!(
                    "--granted {word}: none of these cases sets it; {help}"
                ));
            }
        }
        let all: Vec<IpAddr> = self
            .addresses()
            .into_iter()
            .chain(self.from.clone())
            .collect();
        for (index, address) in all.iter().enumerate() {
            if all[..index].contains(address) {
                complaints.push(format!("{address} is named twice"));
            }
        }
        complaints.iter().for_each(|words| console::error(words));
        !complaints.is_empty()
    }

    /// Why a case cannot be run against the stack, as far as this is known before the stack is
    /// contacted: the stack is taken to have all extensions.
    pub(crate) fn lack(&self, scenario: &Scenario) -> Option<Ended> {
        let own = scenario.links.iter().flat_map(|link| &link.ends);
        let (own, remote): (Vec<_>, Vec<_>) = own.partition(|it| scenario.is_hosted(&it.node));
        // The case's addresses stand for as many addresses of the two hosts.
        let first = |ends: Vec<&LinkEnd>, count: usize| {
            let addresses = ends.into_iter().flat_map(|it| &it.addresses);
            addresses.take(count).map(|it| it.addr()).collect()
        };
        let known = Known {
            own: first(own, self.from.len().max(1)),
            remote: first(remote, self.addresses().len()),
            port: PORT,
            called: "the stack".to_owned(),
            can: Capability::ALL.iter().copied().collect(),
            granted: self.granted.iter().cloned().collect(),
        };
        known.lack(scenario)
    }

    /// Contacts the stack, and puts the addresses of the two hosts into the cases.
    pub(crate) fn meet(&self, loaded: &mut [Loaded], progress: &Progress) -> Result<Against, Exit> {
        let at = self.against.as_ref();
        progress.say("speaking with the stack for the first time");
        let own_port = first_port(std::process::id());
        let met = Against::meet(Meeting {
            remote: self.addresses(),
            port: at.and_then(|it| it.port).unwrap_or(PORT),
            own: self.from.clone(),
            own_port,
            called: self.called.clone(),
            granted: self.granted.iter().cloned().collect(),
        });
        progress.done();
        let met = met.map_err(|error| {
            console::error_with_remedy(&error.to_string(), error.remedy().as_deref());
            Exit::of_engine(&error)
        })?;
        // The kernel allows this only while there is a single thread. The raw sockets are
        // open by now.
        if let Err(lack) = net::privilege::acquire() {
            console::error(&lack.to_string());
            return Err(Exit::CannotRun);
        }
        let stack = met.known();
        for (case, number) in loaded.iter_mut().zip(1..) {
            // Each case has a pair of ports: the probe for unexpected packets uses the
            // second.
            let port = own_port.saturating_add(2_u16.saturating_mul(number));
            translate::put_into(case, stack, port);
        }
        Ok(met)
    }
}

/// The first local port, an even number. The port depends on the process, so that remnants
/// of one command rarely disturb the next command.
fn first_port(process: u32) -> u16 {
    const SPAN: u16 = 1024;
    const LEAST: u16 = 10_240;
    let turn = u16::try_from(process % 50).unwrap_or_default();
    LEAST + SPAN * turn
}
