//! Options for a stack on another host.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use clap::Args;

/// A stack that is reached over a network.
#[derive(Args, Clone, Default)]
pub(crate) struct Remote {
    /// Test the SCTP stack of the host at this address, in real time over this machine's
    /// own network. Packets are sent to no other address. On that host a program must
    /// listen on the port, 5000 by default, and neither read nor send. On this machine the
    /// lab needs CAP_NET_RAW, and a kernel without SCTP.
    #[arg(long, value_name = "ADDRESS[:PORT]", conflicts_with_all = ["stack", "stack_at", "jobs"])]
    pub(crate) against: Option<At>,
    /// Another address of that stack, for cases with two addresses; may be given several
    /// times.
    #[arg(long, value_name = "ADDRESS", requires = "against")]
    pub(crate) also: Vec<IpAddr>,
    /// The address of this machine to send from, and for cases with two addresses a
    /// second one; by default the source address of the route to the stack.
    #[arg(long, value_name = "ADDRESS", requires = "against")]
    pub(crate) from: Vec<IpAddr>,
    /// What that stack is, such as `Linux 6.1` or `usrsctp`: a failure that is known for
    /// this name counts as `failed as known`.
    #[arg(long, value_name = "NAME", requires = "against")]
    pub(crate) called: Option<String>,
    /// A setting of that stack that the lab cannot see: a socket option, timer or setting
    /// by its name in the cases, such as `enable-stream-reset`; may be given several
    /// times.
    #[arg(long, value_name = "WORD", requires = "against")]
    pub(crate) granted: Vec<String>,
}

/// An address, with or without a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) address: IpAddr,
    pub(crate) port: Option<u16>,
}

impl FromStr for At {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let alone = text.parse().map(|address| Self {
            address,
            port: None,
        });
        let with_port = || {
            text.parse().map(|it: SocketAddr| Self {
                address: it.ip(),
                port: Some(it.port()),
            })
        };
        let at = alone.or_else(|_| with_port()).map_err(|_| {
            format!(
                "`{text}` is no address: expected one such as 192.0.2.9, 192.0.2.9:5000, \
                 2001:db8::9 or [2001:db8::9]:5000; names are not looked up"
            )
        })?;
        let is_one = !at.address.is_unspecified() && !at.address.is_multicast();
        let is_broadcast = at.address == IpAddr::V4(std::net::Ipv4Addr::BROADCAST);
        match is_one && !is_broadcast && at.port != Some(0) {
            true => Ok(at),
            false => Err(format!(
                "`{text}` is not the address of one host, with a port"
            )),
        }
    }
}

impl Remote {
    /// Whether a stack on another host was given.
    pub(crate) fn is_given(&self) -> bool {
        self.against.is_some()
    }

    /// All addresses of the stack.
    pub(crate) fn addresses(&self) -> Vec<IpAddr> {
        let first = self.against.iter().map(|it| it.address);
        first.chain(self.also.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_port_or_none() {
        let at = |text: &str| {
            text.parse::<At>()
                .map(|it| (it.address.to_string(), it.port))
        };
        assert_eq!(at("192.0.2.9"), Ok(("192.0.2.9".into(), None)));
        assert_eq!(at("192.0.2.9:7"), Ok(("192.0.2.9".into(), Some(7))));
        assert_eq!(at("2001:db8::9"), Ok(("2001:db8::9".into(), None)));
        assert_eq!(at("[2001:db8::9]:7"), Ok(("2001:db8::9".into(), Some(7))));
        for wrong in [
            "",
            "host",
            "192.0.2.9:",
            "192.0.2.9:0",
            "224.0.0.1",
            "0.0.0.0",
            "255.255.255.255",
        ] {
            assert!(at(wrong).is_err(), "{wrong}");
        }
    }
}
