//! Settings of an association's paths: HEARTBEATs, thresholds and primary addresses.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use scenario::{EndpointName, HeartbeatSetting, SetPath};
use socket::option::{
    Path, PathFlags, PeerAddrParams, PeerAddrThresholds, PrimaryAddr, SetPeerPrimaryAddr,
    WriteOption,
};

use super::super::step_error::StepError;
use super::Endpoint;
use super::associations::Association;
use super::call::failed;

impl Endpoint {
    /// Makes the kernel send a HEARTBEAT on a path at once (RFC 6458, section 8.1.12).
    pub(crate) fn heartbeat(&self, peer: &EndpointName, address: IpAddr) -> Result<(), StepError> {
        let (association, path) = self.path_to(peer, address)?;
        let option = PeerAddrParams {
            flags: PathFlags::HB_DEMAND,
            ..PeerAddrParams::unchanged(path)
        };
        let words = format!("{address}, SPP_HB_DEMAND");
        self.set_option(&association, &option, words)
    }

    /// Changes the settings of a path, or of all paths of the association.
    pub(crate) fn set_path(&self, it: &SetPath) -> Result<(), StepError> {
        let (association, path) = match it.address {
            Some(address) => self.path_to(&it.to, address)?,
            None => {
                let association = self.association_with(&it.to)?;
                let all = Path::all(association.id);
                (association, all)
            }
        };
        if it.heartbeat.is_some() || it.path_max_retrans.is_some() || it.dscp.is_some() {
            let (mut flags, hb_interval) = match it.heartbeat {
                Some(HeartbeatSetting::Off) => (PathFlags::HB_DISABLE, Duration::ZERO),
                Some(HeartbeatSetting::Every(interval)) => (PathFlags::HB_ENABLE, interval),
                None => (PathFlags::empty(), Duration::ZERO),
            };
            flags.set(PathFlags::DSCP, it.dscp.is_some());
            let option = PeerAddrParams {
                flags,
                hb_interval,
                path_max_retrans: it.path_max_retrans.unwrap_or(0),
                // The code point is in the six most significant bits (RFC 6458 section 8.1.12).
                dscp: it.dscp.unwrap_or(0) << 2,
                ..PeerAddrParams::unchanged(path)
            };
            self.set_option(&association, &option, it.to_string())?;
        }
        if let Some(potentially_failed) = it.potentially_failed {
            let thresholds: PeerAddrThresholds = association.socket.get(path)?;
            let option = PeerAddrThresholds {
                potentially_failed,
                ..thresholds
            };
            self.set_option(&association, &option, it.to_string())?;
        }
        self.report_timers(&association.socket, path);
        Ok(())
    }

    /// Makes a path the primary path.
    pub(crate) fn set_primary(
        &self,
        peer: &EndpointName,
        address: IpAddr,
    ) -> Result<(), StepError> {
        let (association, path) = self.path_to(peer, address)?;
        let Some(transport) = path.address else {
            return Ok(());
        };
        let option = PrimaryAddr {
            assoc_id: association.id,
            address: transport,
        };
        self.set_option(&association, &option, address.to_string())
    }

    /// Asks the peer to use an address of this endpoint as its primary path.
    pub(crate) fn set_peer_primary(
        &self,
        peer: &EndpointName,
        address: IpAddr,
    ) -> Result<(), StepError> {
        let association = self.association_with(peer)?;
        let option = SetPeerPrimaryAddr {
            assoc_id: association.id,
            address: (address, association.socket.local_addr()?.port()).into(),
        };
        self.set_option(&association, &option, address.to_string())
    }

    fn association_with(&self, peer: &EndpointName) -> Result<Association, StepError> {
        let association = self.associations.borrow().first_with(peer);
        association.ok_or_else(|| self.without(peer))
    }

    /// The path to an address of the peer. The association must have this address.
    fn path_to(
        &self,
        peer: &EndpointName,
        address: IpAddr,
    ) -> Result<(Association, Path), StepError> {
        let association = self.association_with(peer)?;
        let known = association.socket.getpaddrs(association.id)?;
        let wanted = |known: &&SocketAddr| known.ip().to_canonical() == address;
        let Some(transport) = known.iter().find(wanted) else {
            return Err(StepError::new(format!(
                "the association of {} with {peer} knows no address {address}",
                self.config.name
            )));
        };
        let path = Path::to(association.id, *transport);
        Ok((association, path))
    }

    fn set_option<O: WriteOption>(
        &self,
        association: &Association,
        option: &O,
        words: String,
    ) -> Result<(), StepError> {
        let result = association.socket.set(option).map(|()| 0);
        let call = format!("setsockopt {}", O::NAME.name);
        self.note_call(&call, words, result.as_ref());
        result.map(drop).map_err(|error| failed(&call, &error))
    }
}
