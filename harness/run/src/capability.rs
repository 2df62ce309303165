//! Probes whether this kernel has the capabilities that a scenario needs, in the network
//! of the run.

use std::io;

use scenario::{Capability, Scenario};
use socket::option::{ExposePotentiallyFailed, OptionName, Scheduler, StreamScheduler};
use socket::{AssocId, Family, Socket, Style};

use super::error::RunError;

/// A capability that the kernel lacks.
pub(crate) struct Lack {
    pub(crate) capability: Capability,
    /// The answer of the probe, in words.
    pub(crate) saw: String,
}

/// How the kernel is asked for a capability.
enum Probe {
    /// The namespace must have the setting.
    Setting(&'static str),
    /// The call must succeed on a new socket.
    Call(fn(&Socket) -> io::Result<()>),
    /// The sockets API of this system must have the option.
    Known(OptionName),
    /// The kernel must have sctp_diag, which tells more of an association than a socket
    /// does.
    Details,
}

/// The probe for each capability.
fn probe_of(capability: Capability) -> Probe {
    match capability {
        Capability::AddressConfiguration => Probe::Setting("net.sctp.addip_enable"),
        Capability::AssociationDetails => Probe::Details,
        Capability::Authentication => Probe::Setting("net.sctp.auth_enable"),
        Capability::ConnectionTracking => {
            Probe::Setting("net.netfilter.nf_conntrack_sctp_timeout_established")
        }
        Capability::ExplicitEor => Probe::Known(OptionName {
            name: "SCTP_EXPLICIT_EOR",
            linux: None,
            freebsd: Some(0x1b),
        }),
        Capability::ExtendedReceiveInfo => Probe::Known(OptionName {
            name: "SCTP_USE_EXT_RCVINFO",
            linux: None,
            freebsd: Some(0x14),
        }),
        Capability::FairSchedulers => Probe::Call(|socket| {
            socket.set(&StreamScheduler {
                assoc_id: AssocId::FUTURE,
                scheduler: Scheduler::Fc,
            })
        }),
        Capability::Interleaving => Probe::Setting("net.sctp.intl_enable"),
        Capability::PartialReliability => Probe::Setting("net.sctp.prsctp_enable"),
        Capability::PathMtuProbing => Probe::Setting("net.sctp.plpmtud_probe_interval"),
        Capability::PotentiallyFailedExposure => Probe::Call(|socket| {
            let exposure = socket.get::<ExposePotentiallyFailed>(AssocId::FUTURE);
            exposure.map(drop)
        }),
        Capability::StreamReconfiguration => Probe::Setting("net.sctp.reconf_enable"),
        Capability::UdpEncapsulation => Probe::Setting("net.sctp.udp_port"),
    }
}

/// The first capability that the scenario needs and this kernel lacks.
pub(crate) fn lack(scenario: &Scenario, network: &net::Network) -> Result<Option<Lack>, RunError> {
    let Some(node) = scenario.nodes.first() else {
        return Ok(None);
    };
    if scenario.needs.is_empty() {
        return Ok(None);
    }
    let node = network.node(node.name.as_str())?;
    for capability in scenario.needs.iter().copied() {
        if let Some(saw) = probe_of(capability).fails(node)? {
            return Ok(Some(Lack { capability, saw }));
        }
    }
    Ok(None)
}

impl Probe {
    /// Asks in the namespace of a node. Returns what was seen where the capability is
    /// missing, and `None` where it is there.
    fn fails(&self, node: &net::Node) -> Result<Option<String>, RunError> {
        Ok(match self {
            Probe::Setting(name) => {
                let there = node.has_setting(name)?;
                (!there).then(|| format!("this kernel has no setting {name}"))
            }
            Probe::Call(call) => {
                let make = |domain, kind, protocol| node.socket(domain, kind, protocol);
                let made = Socket::made_by(Style::OneToMany, Family::V4, make);
                let answer = made.and_then(|it| call(&it));
                answer
                    .err()
                    .map(|error| format!("its socket says: {error}"))
            }
            Probe::Details => {
                let told = node.diag().is_some_and(|diag| diag.knows_sctp());
                (!told).then(|| "this kernel has no sctp_diag".to_owned())
            }
            Probe::Known(option) => {
                let unknown = option.number().is_err();
                unknown.then(|| format!("this system's sockets API has no {}", option.name))
            }
        })
    }
}
