//! The form of a file of targets.

use document::read::{Map, Short, Shortly, record};
use document::value::Boolean;

use crate::value::{Filter, HostName, InterfaceName, KeyFile, Port, User};

/// The whole file.
pub(crate) type File = Map<Shortly<TargetForm>>;

record! {
    /// A host to capture on. Its address may stand alone: `server: 192.0.2.1`.
    struct TargetForm = "{host: 192.0.2.1, user: trace, interface: eth0}" {
        required {
            /// Its name or address, or what ssh's configuration calls it.
            host: HostName,
        }
        optional {
            /// Who to be there; if left out, whom ssh's configuration says.
            user: User,
            /// The file of the key to come in with, from this file's folder on; if
            /// left out, the agent's keys and those of ssh's configuration.
            key: KeyFile,
            /// ssh's port there; if left out, the one of ssh's configuration.
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
