//! Runs commands on other machines, by OpenSSH's client.
//!
//! The client has the user's own configuration, agent and list of known hosts. The client
//! never prompts. [`Ssh::to`] never connects to a host whose key is unknown or has changed.
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
