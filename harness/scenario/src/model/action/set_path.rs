use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use super::super::EndpointName;
use super::super::words::spoken;

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

/// Whether HEARTBEATs are sent on idle paths (RFC 9260 section 8.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeartbeatSetting {
    /// HEARTBEATs are off.
    Off,
    /// HEARTBEATs are on, with this HB.interval.
    Every(Duration),
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
