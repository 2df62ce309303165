//! What tests need and not every machine has.

use std::time::Duration;

use net::privilege::{self, Privilege};
use net::{NetError, Network, Shape};

use super::sctp;
use super::shaping::shaped;
use super::support::run;

/// Why what tests need is not there, where it is not. Without the rights to make
/// networks nothing else is there.
pub(super) struct Lacks {
    pub(super) rights: Option<String>,
    pub(super) netem: Option<String>,
    pub(super) sctp: Option<String>,
}

impl Lacks {
    pub(super) fn of_this_machine() -> Self {
        let rights = rights();
        Self {
            netem: rights.clone().or_else(netem),
            sctp: rights.clone().or_else(sctp),
            rights,
        }
    }
}

/// The right to make networks. Where it takes a user namespace, this process is
/// in one from now on: no thread may have been started.
pub(super) fn rights() -> Option<String> {
    let rights = privilege::probe().and_then(|privilege| match privilege {
        Privilege::Held => Ok(()),
        Privilege::UserNamespace => privilege::enter_user_namespace(),
    });
    rights.err().map(|lack| lack.to_string())
}

/// A kernel that shapes links.
fn netem() -> Option<String> {
    let network = Network::build(shaped(Shape {
        delay: Duration::from_millis(1),
        ..Shape::default()
    }));
    match run(network) {
        Ok(_) => None,
        Err(error @ NetError::NoShaping { .. }) => Some(error.to_string()),
        Err(error) => panic!("{error}"),
    }
}

/// A kernel that speaks SCTP.
fn sctp() -> Option<String> {
    let socket = sctp::socket("0.0.0.0:0".parse().unwrap());
    let error = socket.err()?;
    Some(format!(
        "this kernel has no SCTP: {error}; try `modprobe sctp`"
    ))
}
