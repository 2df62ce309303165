//! Adds addresses to the sockets of an endpoint, and deletes them (RFC 5061).

use std::net::IpAddr;

use socket::BindX;

use super::super::step_error::StepError;
use super::Endpoint;
use super::call::failed;

impl Endpoint {
    /// Binds the endpoint's sockets to another address. The kernel tells peers that support
    /// ASCONF.
    pub(crate) fn add_address(&self, address: IpAddr) -> Result<(), StepError> {
        self.rebind(BindX::Add, "SCTP_BINDX_ADD_ADDR", address)
    }

    /// Unbinds the endpoint's sockets from an address. The kernel tells peers that support
    /// ASCONF.
    pub(crate) fn delete_address(&self, address: IpAddr) -> Result<(), StepError> {
        self.rebind(BindX::Remove, "SCTP_BINDX_REM_ADDR", address)
    }

    fn rebind(&self, operation: BindX, flag: &str, address: IpAddr) -> Result<(), StepError> {
        let sockets = self.sockets.borrow().clone();
        for socket in sockets {
            let transport = (address, socket.local_addr()?.port()).into();
            let result = socket.bindx(operation, &[transport]).map(|()| 0);
            self.note_call("sctp_bindx", format!("{address}, {flag}"), result.as_ref());
            result.map_err(|error| failed("sctp_bindx", &error))?;
        }
        Ok(())
    }
}
