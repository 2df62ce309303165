//! The form of a file of targets.

use document::read::{Map, Short, Shortly, record};
use document::value::Boolean;

use crate::value::{Filter, HostName, InterfaceName, KeyFile, Port, User};

/// A whole file of targets.
pub(crate) type File = Map<Shortly<TargetForm>>;

record! {
    /// A host to capture on. Its address may stand alone: `server: 192.0.2.1`.
    struct TargetForm = "{host: 192.0.2.1, user: trace, interface: eth0}" {
        required {
            /// The host's name or address, or its name in ssh's configuration.
            host: HostName,
        }
        optional {
            /// The user to log in as; the one of ssh's configuration if left out.
            user: User,
            /// The file of the private key, relative to the folder of this file; if left out,
            /// the keys of the agent and of ssh's configuration.
            key: KeyFile,
            /// The port of sshd there; the one of ssh's configuration if left out.
            port: Port,
            /// Whether to capture as root, by `sudo` without a password; `false` if
            /// left out.
            sudo: Boolean,
            /// The interface to capture on; `any`, which is all of them on Linux, if
            /// left out.
            interface: InterfaceName,
            /// What to capture, in the language of pcap-filter(7); `sctp or udp port
            /// 9899` if left out. `greater 0` is everything.
            filter: Filter,
        }
    }
}

impl Short for TargetForm {
    const KEY: &'static str = "host";
}
