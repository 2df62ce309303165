use std::fmt;
use std::path::PathBuf;

/// A host that the user knows: it proves itself by a key among theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name or address, or what ssh's configuration calls it.
    pub name: String,
    /// Who to be there, if not whom ssh's configuration says.
    pub user: Option<String>,
    /// The port, if it is not the one of ssh's configuration.
    pub port: Option<u16>,
    /// The file of the key to come in with, if it is not one of the agent's or
    /// of ssh's configuration.
    pub key: Option<PathBuf>,
}

impl Host {
    /// A host of which ssh's configuration says all the rest.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            user: None,
            port: None,
            key: None,
        }
    }

    /// ssh's arguments that lead there.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["-o".into(), "StrictHostKeyChecking=yes".into()];
        if let Some(key) = &self.key {
            // ssh takes a `%` for the beginning of something else.
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

    /// What makes the user's machine trust it anew.
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

/// As it is named to ssh.
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
