//! Requirements of the tests that not every machine meets.

use std::time::Duration;

use net::privilege::{self, Privilege};
use net::{NetError, Network, Shape};

use super::sctp;
use super::shaping::shaped;
use super::support::run;

/// For each requirement, why this machine does not meet it. Without the right to make
/// networks, no requirement is met.
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

/// Why this process may not make networks. Where that takes a user namespace, this process
/// is in one from now on: no thread may have been started before.
pub(super) fn rights() -> Option<String> {
    let rights = privilege::probe().and_then(|privilege| match privilege {
        Privilege::Held => Ok(()),
        Privilege::UserNamespace => privilege::enter_user_namespace(),
    });
    rights.err().map(|lack| lack.to_string())
}

/// Why this kernel shapes no links.
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

/// Why this kernel speaks no SCTP.
fn sctp() -> Option<String> {
    let socket = sctp::socket("0.0.0.0:0".parse().unwrap());
    let error = socket.err()?;
    Some(format!(
        "this kernel has no SCTP: {error}; try `modprobe sctp`"
    ))
}
