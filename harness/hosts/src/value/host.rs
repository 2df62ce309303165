//! The host of a target.

use std::net::Ipv6Addr;

use document::read::{Word, Wrong};
use document::yaml::shortened;

/// A host's name or address, in characters that ssh cannot take for an option or a user.
pub(crate) struct HostName(pub(crate) String);

impl Word for HostName {
    const EXPECTED: &'static str = "a host's name or address, such as `192.0.2.1`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let message = format!("`{}` is not a host", shortened(text));
        if let Some((user, host)) = text.split_once('@') {
            return Err(Wrong::new(
                message,
                format!(
                    "write `host: {}` and `user: {}`",
                    shortened(host),
                    shortened(user)
                ),
            ));
        }
        if text.contains(':') && !is_ipv6(text) {
            let (host, port) = text.rsplit_once(':').unwrap_or((text, "22"));
            let host = host.trim_matches(['[', ']']);
            return Err(Wrong::new(
                message,
                format!(
                    "write `host: {}` and `port: {}`",
                    shortened(host),
                    shortened(port)
                ),
            ));
        }
        let is_good = text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._:%-".contains(c));
        match is_good && !text.starts_with('-') {
            true => Ok(Self(text.to_owned())),
            false => Err(Wrong::new(
                message,
                "a host has letters, digits and `._:%-`, and does not begin with a dash",
            )),
        }
    }
}

/// Whether a text is an IPv6 address, with or without the interface of a link-local
/// address.
fn is_ipv6(text: &str) -> bool {
    let address = text.split('%').next().unwrap_or(text);
    address.parse::<Ipv6Addr>().is_ok()
}

document::inline_schema!(HostName, "host", {
    "type": "string",
    "pattern": "^[A-Za-z0-9._:%][A-Za-z0-9._:%-]*$",
    "examples": ["192.0.2.1", "mme-1.example"],
});
