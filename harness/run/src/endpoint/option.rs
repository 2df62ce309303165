//! Sets and reads the socket options of a scenario.

use scenario::{EndpointName, SocketOption};

use super::super::step_error::{StepError, error_name};
use super::Endpoint;
use super::associations::Association;
use super::option_table::{apply, read};

impl Endpoint {
    /// Sets options on every association with a peer. Where an error is wanted, the kernel
    /// must refuse each with this error.
    pub(crate) fn set(
        &self,
        peer: &EndpointName,
        options: &[SocketOption],
        wanted: Option<&str>,
    ) -> Result<(), StepError> {
        for association in &self.all_with(peer)? {
            for option in options {
                let result = apply(&association.socket, association.id, option);
                self.note_call("setsockopt", option.word(), result.as_ref().map(|()| 0));
                let error = result.as_ref().err().map(error_name);
                if error.as_deref() != wanted {
                    let seen = error.unwrap_or_else(|| "no error".to_owned());
                    let word = option.word();
                    return Err(StepError::new(format!("setsockopt {word}: {seen}")));
                }
                if matches!(option, SocketOption::RtoInfo(_)) {
                    self.report_timers(&association.socket, association.id.into());
                }
            }
        }
        Ok(())
    }

    /// Reads options of every association with a peer. Each must have the given value;
    /// where an error is wanted, the kernel must refuse each with this error.
    pub(crate) fn get(
        &self,
        peer: &EndpointName,
        options: &[SocketOption],
        wanted: Option<&str>,
    ) -> Result<(), StepError> {
        for association in &self.all_with(peer)? {
            for option in options {
                let read = read(&association.socket, association.id, option);
                let word = option.word();
                let shown = read.as_ref().map(|(_, shown)| shown.clone());
                self.note_call("getsockopt", word, shown);
                let complaint = match (&read, wanted) {
                    (Ok((true, _)), None) => continue,
                    (Ok((false, shown)), None) => format!("it is {shown}"),
                    (Ok(_), Some(wanted)) => format!("the call succeeded; {wanted} was expected"),
                    (Err(error), Some(wanted)) if error_name(error) == wanted => continue,
                    (Err(error), _) => format!("{}: {error}", error_name(error)),
                };
                return Err(StepError::new(format!("getsockopt {word}: {complaint}")));
            }
        }
        Ok(())
    }

    /// The associations with a peer, of which there must be one.
    fn all_with(&self, peer: &EndpointName) -> Result<Vec<Association>, StepError> {
        let associations = self.associations.borrow().with(peer);
        match associations.is_empty() {
            true => Err(self.without(peer)),
            false => Ok(associations),
        }
    }

    /// The error of a step for which there is no association with that peer.
    pub(super) fn without(&self, peer: &EndpointName) -> StepError {
        let name = &self.config.name;
        StepError::new(format!("{name} has no association with {peer} any more"))
    }
}
