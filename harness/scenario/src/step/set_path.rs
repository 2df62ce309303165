//! The step `set-path`: the settings of paths change.

use std::fmt;
use std::net::IpAddr;

use rules::spoken;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::record;
use crate::timers::limit;
use crate::value::{Address, Dscp, HeartbeatForm, HeartbeatSetting, Name, Reference, Small};

/// Changes the settings of paths of an association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPath {
    /// The endpoint whose paths they are.
    pub at: EndpointName,
    /// The endpoint at the other end of the association.
    pub to: EndpointName,
    /// Address of the peer; `None` is every path.
    pub address: Option<IpAddr>,
    /// Whether HEARTBEATs are sent on idle paths, and HB.interval.
    pub heartbeat: Option<HeartbeatSetting>,
    /// Path.Max.Retrans.
    pub path_max_retrans: Option<u16>,
    /// PotentiallyFailed.Max.Retrans.
    pub potentially_failed: Option<u16>,
    /// The differentiated services code point of sent packets, 0 to 63.
    pub dscp: Option<u8>,
}

impl fmt::Display for SetPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            Some(address) => write!(f, "set-path {} → {address}", self.at)?,
            None => write!(f, "set-path {} → {}", self.at, self.to)?,
        }
        match self.heartbeat {
            Some(HeartbeatSetting::Off) => f.write_str(" heartbeat off")?,
            Some(HeartbeatSetting::Every(time)) => write!(f, " heartbeat {}", spoken(time))?,
            None => {}
        }
        if let Some(most) = self.path_max_retrans {
            write!(f, " path-max-retrans {most}")?;
        }
        if let Some(most) = self.potentially_failed {
            write!(f, " potentially-failed {most}")?;
        }
        if let Some(dscp) = self.dscp {
            write!(f, " dscp {dscp}")?;
        }
        Ok(())
    }
}

record! {
    /// Changes the settings of one path, or of all paths of an association
    /// (`SCTP_PEER_ADDR_PARAMS`, `SCTP_PEER_ADDR_THLDS`).
    struct SetPathForm = "{at: client, to: server, address: 10.0.2.2, heartbeat: 5s}" {
        required {
            /// The endpoint whose paths they are.
            at: Reference,
            /// The endpoint at the other end of their association.
            to: Reference,
        }
        optional {
            /// The address of `to`; every path if left out.
            address: Address,
            /// HB.interval, or `off` for no HEARTBEATs.
            heartbeat: HeartbeatForm,
            /// Path.Max.Retrans, 1 or more: a path with more errors is unreachable.
            path_max_retrans: Small,
            /// PotentiallyFailed.Max.Retrans: a path with more errors is potentially failed
            /// (RFC 7829 section 3.2).
            potentially_failed: Small,
            /// The differentiated services code point of the packets that `at` sends there
            /// (`spp_dscp`); those of `to` keep their own.
            dscp: Dscp,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for SetPathForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let (at, to) = scope.association(&self.at, &self.to)?;
        let address = scope.optional(&self.address, |scope, address| {
            scope.address_of(&to, address)
        });
        let heartbeat = self.heartbeat.check(|heartbeat| Some(heartbeat.value.0));
        let (max_retrans, potentially_failed) = (&self.path_max_retrans, &self.potentially_failed);
        let is_empty = self.heartbeat.is_absent()
            && max_retrans.is_absent()
            && potentially_failed.is_absent()
            && self.dscp.is_absent();
        if is_empty {
            scope
                .problems
                .add(scope.own_span, "this changes nothing", "what shall it be?")
                .help(format!("a complete one is `set-path: {}`", Self::EXAMPLE));
            return None;
        }
        let (address, heartbeat) = (address?, heartbeat?);
        let off = &mut scope.story.heartbeats_off;
        match heartbeat {
            Some(HeartbeatSetting::Off) => {
                off.insert((at.clone(), to.clone(), address));
            }
            Some(HeartbeatSetting::Every(_)) => off.retain(|(one, other, path)| {
                let is_of_it = *one == at && *other == to;
                !(is_of_it && (address.is_none() || *path == address || path.is_none()))
            }),
            None => {}
        }
        Some(Action::SetPath(SetPath {
            at,
            to,
            address,
            heartbeat,
            path_max_retrans: limit(max_retrans, scope.problems),
            potentially_failed: potentially_failed.get().map(|number| number.0),
            dscp: self.dscp.get().map(|dscp| dscp.0),
        }))
    }
}
