//! What tests need and not every machine has.

use std::time::Duration;

use libtest_mimic::Trial;
use net::privilege::{self, Privilege};
use net::{NetError, Network, Shape};

use super::sctp;
use super::shaping::shaped;
use super::support::run;

/// Something that tests need.
#[derive(Clone)]
pub(super) struct Need {
    name: &'static str,
    /// Why it is not there, if it is not.
    lack: Option<String>,
}

impl Need {
    /// The right to make networks. Where it takes a user namespace, this
    /// process is in one from now on: no thread may have been started.
    pub(super) fn rights() -> Self {
        let rights = privilege::probe().and_then(|privilege| match privilege {
            Privilege::Held => Ok(()),
            Privilege::UserNamespace => privilege::enter_user_namespace(),
        });
        Self {
            name: "rights",
            lack: rights.err().map(|lack| lack.to_string()),
        }
    }

    /// A kernel that shapes links.
    pub(super) fn netem() -> Self {
        let network = Network::build(shaped(Shape {
            delay: Duration::from_millis(1),
            ..Shape::default()
        }));
        Self {
            name: "netem",
            lack: match run(network) {
                Ok(_) => None,
                Err(error @ NetError::NoShaping { .. }) => Some(error.to_string()),
                Err(error) => panic!("{error}"),
            },
        }
    }

    /// A kernel that speaks SCTP.
    pub(super) fn sctp() -> Self {
        let socket = sctp::socket("0.0.0.0:0".parse().unwrap());
        Self {
            name: "SCTP",
            lack: socket
                .err()
                .map(|error| format!("this kernel has no SCTP: {error}; try `modprobe sctp`")),
        }
    }

    /// Both. What is lacking first counts, and no `other` is looked for then.
    pub(super) fn and(&self, other: impl FnOnce() -> Self) -> Self {
        match self.lack {
            None => other(),
            Some(_) => self.clone(),
        }
    }

    pub(super) fn lack(&self) -> Option<&str> {
        self.lack.as_deref()
    }

    pub(super) fn trial(&self, name: String, test: fn()) -> Trial {
        let Some(lack) = self.lack.clone() else {
            return trials::test(name, move || {
                test();
                Ok(())
            });
        };
        let trial = trials::test(name, move || Err(lack.into()));
        if native_is_required() {
            trial
        } else {
            trial
                .with_kind(format!("no {} here", self.name))
                .with_ignored_flag(true)
        }
    }
}

fn native_is_required() -> bool {
    let required = std::env::var("SCTP_LAB_REQUIRE").unwrap_or_default();
    required.split([',', ' ']).any(|engine| engine == "native")
}
