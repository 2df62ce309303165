//! Commands on other machines, over OpenSSH's client.
//!
//! The client itself is used, and with it the user's own configuration, agent
//! and list of known hosts. Nobody is there to type: nothing is asked, and a host
//! that cannot prove that it is itself is not talked to.
//!
//! ```no_run
//! use ssh::{Host, Ssh};
//!
//! let ssh = Ssh::to(&Host { user: Some("me".into()), ..Host::named("192.0.2.1") });
//! let answer = ssh.run("uname -sm", b"", std::time::Duration::from_secs(60))?;
//! println!("{}", String::from_utf8_lossy(&answer.stdout));
//! # Ok::<(), ssh::SshError>(())
//! ```

mod error;
mod host;
mod session;
mod words;

pub use error::SshError;
pub use host::Host;
pub use session::Ssh;
pub use words::{quoted, said};
