//! A host to log in to, and the arguments of ssh for it.

use std::fmt;
use std::path::PathBuf;

/// A host whose key the user has accepted before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Name or address of the host, or its alias in the ssh configuration.
    pub name: String,
    /// User to log in as, if not the one of the ssh configuration.
    pub user: Option<String>,
    /// Port, if not the one of the ssh configuration.
    pub port: Option<u16>,
    /// File of the private key, if not one of the agent or of the ssh configuration.
    pub key: Option<PathBuf>,
}

impl Host {
    /// A host for which the ssh configuration decides everything else.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            user: None,
            port: None,
            key: None,
        }
    }

    /// The arguments of ssh for this host.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["-o".into(), "StrictHostKeyChecking=yes".into()];
        if let Some(key) = &self.key {
            // In the arguments of ssh, `%` begins a token.
            let file = key.display().to_string().replace('%', "%%");
            arguments.extend(["-o".into(), "IdentitiesOnly=yes".into(), "-i".into(), file]);
        }
        if let Some(port) = self.port {
            arguments.extend(["-p".into(), port.to_string()]);
        }
        arguments.extend(["--".into(), self.destination()]);
        arguments
    }

    /// `user@host`, or the host alone.
    fn destination(&self) -> String {
        match &self.user {
            Some(user) => format!("{user}@{}", self.name),
            None => self.name.clone(),
        }
    }

    /// Advice to the user that ends in the command that accepts the host's new key.
    pub(crate) fn trust_anew(&self) -> String {
        let at = self
            .port
            .map_or(String::new(), |port| format!("-p {port} "));
        format!(
            "compare the key with one you trust, then: ssh-keyscan {at}{} >> ~/.ssh/known_hosts",
            self.name
        )
    }
}

/// The arguments of ssh for the port, if given, and for the destination.
impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(port) = self.port {
            write!(f, "-p {port} ")?;
        }
        f.write_str(&self.destination())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_left_to_the_users_configuration() {
        let expected = ["-o", "StrictHostKeyChecking=yes", "--", "there"];
        assert_eq!(Host::named("there").arguments(), expected);
    }

    #[test]
    fn what_is_said_goes_to_ssh() {
        let host = Host {
            name: "there".into(),
            user: Some("me".into()),
            port: Some(2222),
            key: Some("keys/50%".into()),
        };
        let expected = [
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            "IdentitiesOnly=yes",
            "-i",
            "keys/50%%",
            "-p",
            "2222",
            "--",
            "me@there",
        ];
        assert_eq!(host.arguments(), expected);
        assert_eq!(host.to_string(), "-p 2222 me@there");
        assert!(
            host.trust_anew()
                .ends_with("ssh-keyscan -p 2222 there >> ~/.ssh/known_hosts")
        );
    }
}
