//! The ssh connections of the lab, and the filter that leaves them out.

use std::net::IpAddr;

/// An ssh connection of the lab, as the far end's sshd reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Connection {
    client: (IpAddr, u16),
    server: (IpAddr, u16),
}

impl Connection {
    /// Reads `$SSH_CONNECTION`. Any other text is `None`, so that it gets into no filter.
    pub(super) fn of(words: &str) -> Option<Self> {
        let words: Vec<&str> = words.split_whitespace().collect();
        let [client, client_port, server, server_port] = words[..] else {
            return None;
        };
        let end = |address: &str, port: &str| {
            // A link-local address has its interface behind a `%`.
            let address = address.split('%').next()?.parse().ok()?;
            Some((address, port.parse().ok()?))
        };
        Some(Self {
            client: end(client, client_port)?,
            server: end(server, server_port)?,
        })
    }
}

/// The filter `filter`, without the packets of these connections.
pub(super) fn without(filter: &str, connections: &[Connection]) -> String {
    let mut text = format!("({filter})");
    for Connection { client, server } in connections {
        text.push_str(&format!(
            " and not (host {} and host {} and tcp port {} and tcp port {})",
            client.0, server.0, client.1, server.1
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_labs_own_connections_are_left_out() {
        let one = Connection::of("10.0.0.1 50000 10.0.0.2 22").expect("it is one");
        let other = Connection::of("fe80::1%eth0 50001 fe80::2%eth0 22").expect("it is one");
        assert_eq!(
            without("sctp or tcp", &[one, other]),
            "(sctp or tcp) \
             and not (host 10.0.0.1 and host 10.0.0.2 and tcp port 50000 and tcp port 22) \
             and not (host fe80::1 and host fe80::2 and tcp port 50001 and tcp port 22)"
        );
    }

    #[test]
    fn what_is_no_connection_is_none() {
        for words in [
            "",
            "10.0.0.1 1 10.0.0.2",
            "a 1 b 2",
            "10.0.0.1 1 10.0.0.2 x or y",
        ] {
            assert_eq!(Connection::of(words), None, "{words}");
        }
    }
}
