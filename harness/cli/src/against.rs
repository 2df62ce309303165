//! Options for a stack on another host.

mod translate;

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use clap::Args;
use engine::against::{Against, Known, Meeting, settings};
use recording::Ended;
use scenario::{Capability, LinkEnd, Scenario};

use super::args::{EngineChoice, Site};
use super::console::{self, Progress};
use super::exit::Exit;
use super::library::{self, Loaded};

/// A stack that is reached over a network.
#[derive(Args, Clone, Default)]
pub(crate) struct Remote {
    /// Test the SCTP stack of the host at this address, in real time over this machine's
    /// own network. Packets are sent to no other address. A program must listen there
    /// that reads and sends nothing, on port 5000 by default. Needs CAP_NET_RAW, and a
    /// kernel of this machine without SCTP.
    #[arg(long, value_name = "ADDRESS[:PORT]", conflicts_with_all = ["stack", "stack_at", "jobs"])]
    against: Option<At>,
    /// Another address of that stack, for cases with two addresses; may be given several
    /// times.
    #[arg(long, value_name = "ADDRESS", requires = "against")]
    also: Vec<IpAddr>,
    /// The address of this machine to send from, and for cases with two addresses a
    /// second one; by default the source address of the route to the stack.
    #[arg(long, value_name = "ADDRESS", requires = "against")]
    from: Vec<IpAddr>,
    /// What that stack is, such as `Linux 6.1` or `usrsctp`: a failure that is known for
    /// this name counts as `failed as known`.
    #[arg(long, value_name = "NAME", requires = "against")]
    called: Option<String>,
    /// A setting of that stack that the lab cannot see: a socket option, timer or setting
    /// by its name in the cases, such as `enable-stream-reset`; may be given several
    /// times.
    #[arg(long, value_name = "WORD", requires = "against")]
    granted: Vec<String>,
}

/// An address, with or without a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    address: IpAddr,
    port: Option<u16>,
}

/// The port of the cases.
const PORT: u16 = 5000;

impl FromStr for At {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let alone = text.parse().map(|address| Self {
            address,
            port: None,
        });
        let with_port = || {
            text.parse().map(|it: SocketAddr| Self {
                address: it.ip(),
                port: Some(it.port()),
            })
        };
        let at = alone.or_else(|_| with_port()).map_err(|_| {
            format!(
                "`{text}` is no address: expected one such as 192.0.2.9, 192.0.2.9:5000, \
                 2001:db8::9 or [2001:db8::9]:5000; names are not looked up"
            )
        })?;
        let is_one = !at.address.is_unspecified() && !at.address.is_multicast();
        let is_broadcast = at.address == IpAddr::V4(std::net::Ipv4Addr::BROADCAST);
        match is_one && !is_broadcast && at.port != Some(0) {
            true => Ok(at),
            false => Err(format!(
                "`{text}` is not the address of one host, with a port"
            )),
        }
    }
}

impl Remote {
    /// Whether a stack on another host was given.
    pub(crate) fn is_given(&self) -> bool {
        self.against.is_some()
    }

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
        let all: Vec<IpAddr> = self.remote().into_iter().chain(self.from.clone()).collect();
        for (index, address) in all.iter().enumerate() {
            if all[..index].contains(address) {
                complaints.push(format!("{address} is named twice"));
            }
        }
        complaints.iter().for_each(|words| console::error(words));
        !complaints.is_empty()
    }

    /// The reason why a case cannot be run against a stack with all extensions, if there
    /// is one that is known before the stack is contacted.
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
            remote: first(remote, self.remote().len()),
            port: PORT,
            called: "the stack".to_owned(),
            can: Capability::ALL.iter().copied().collect(),
            granted: self.granted.iter().cloned().collect(),
        };
        known.lack(scenario)
    }

    /// All addresses of the stack.
    fn remote(&self) -> Vec<IpAddr> {
        let first = self.against.iter().map(|it| it.address);
        first.chain(self.also.clone()).collect()
    }

    /// Contacts the stack, and puts the addresses of the two hosts into the cases.
    pub(crate) fn meet(&self, loaded: &mut [Loaded], progress: &Progress) -> Result<Against, Exit> {
        let at = self.against.as_ref();
        progress.say("speaking with the stack for the first time");
        let own_port = first_port(std::process::id());
        let met = Against::meet(Meeting {
            remote: self.remote(),
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

/// The first local port, an even number. The next command uses other ports, so that
/// remnants of this one do not disturb it.
fn first_port(process: u32) -> u16 {
    const SPAN: u16 = 1024;
    const LEAST: u16 = 10_240;
    let turn = u16::try_from(process % 50).unwrap_or_default();
    LEAST + SPAN * turn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_port_or_none() {
        let at = |text: &str| {
            text.parse::<At>()
                .map(|it| (it.address.to_string(), it.port))
        };
        assert_eq!(at("192.0.2.9"), Ok(("192.0.2.9".into(), None)));
        assert_eq!(at("192.0.2.9:7"), Ok(("192.0.2.9".into(), Some(7))));
        assert_eq!(at("2001:db8::9"), Ok(("2001:db8::9".into(), None)));
        assert_eq!(at("[2001:db8::9]:7"), Ok(("2001:db8::9".into(), Some(7))));
        for wrong in [
            "",
            "host",
            "192.0.2.9:",
            "192.0.2.9:0",
            "224.0.0.1",
            "0.0.0.0",
            "255.255.255.255",
        ] {
            assert!(at(wrong).is_err(), "{wrong}");
        }
    }
}
