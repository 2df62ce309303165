//! Reads Linux's tables of SCTP associations (`net/sctp/proc.c`). The tables also list
//! associations of which no socket tells: a one-to-one socket tells nothing before its
//! association is up, and a closed socket nothing at all.

use std::fs::File;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::FileExt;

use crate::association::{Listed, ListedPath};

/// The tables of one network namespace. Each call reads a table anew.
#[derive(Debug)]
pub struct Tables {
    associations: File,
    paths: File,
    counters: File,
}

/// The most bytes of a table that are read: far more than a scenario's associations fill.
const LONGEST: usize = 4 << 20;

impl Tables {
    /// Opens the tables of the calling thread's network namespace.
    pub(super) fn open() -> io::Result<Self> {
        let open = |name| File::open(format!("/proc/thread-self/net/sctp/{name}"));
        Ok(Self {
            associations: open("assocs")?,
            paths: open("remaddr")?,
            counters: open("snmp")?,
        })
    }

    /// All associations, also those that are being set up, and those whose socket is closed.
    ///
    /// # Errors
    /// The error of read(2).
    pub fn associations(&self) -> io::Result<Vec<Listed>> {
        let text = read(&self.associations)?;
        Ok(text.lines().filter_map(association).collect())
    }

    /// The paths of an association.
    ///
    /// # Errors
    /// The error of read(2).
    pub fn paths(&self, association: u32) -> io::Result<Vec<ListedPath>> {
        let text = read(&self.paths)?;
        let mut paths: Vec<ListedPath> = Vec::new();
        for (of, path) in text.lines().filter_map(path) {
            // The table repeats the paths of an association.
            if of == association && paths.iter().all(|it| it.address != path.address) {
                paths.push(path);
            }
        }
        Ok(paths)
    }

    /// How often T1 has run out in this namespace, for INIT or COOKIE ECHO.
    ///
    /// # Errors
    /// The error of read(2). `InvalidData` if the kernel does not count it.
    pub fn t1_expiries(&self) -> io::Result<u64> {
        t1_expiries(&read(&self.counters)?).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

/// The whole text of a table. The kernel makes the text anew for each read from its start.
fn read(table: &File) -> io::Result<String> {
    let mut text = Vec::new();
    let mut part = [0; 8192];
    while text.len() < LONGEST {
        match table.read_at(&mut part, text.len() as u64)? {
            0 => break,
            length => text.extend_from_slice(&part[..length]),
        }
    }
    String::from_utf8(text).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// A line of `assocs`. The columns before the addresses are: ASSOC, SOCK, STY, SST, ST,
/// HBKT, ASSOC-ID, TX_QUEUE, RX_QUEUE, UID, INODE, LPORT, RPORT.
fn association(line: &str) -> Option<Listed> {
    let (ours, theirs) = line.split_once("<->")?;
    let mut columns = ours.split_ascii_whitespace().skip(4);
    let state = columns.next()?.parse().ok()?;
    let id = columns.nth(1)?.parse().ok()?;
    let inode = columns.nth(3)?.parse().ok()?;
    let ports = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
    // The peer's addresses end with a tab.
    let (theirs, _) = theirs.split_once('\t')?;
    let at = |port| move |address: IpAddr| SocketAddr::new(address, port);
    Some(Listed {
        id,
        state,
        inode,
        local: columns.filter_map(address).map(at(ports.0)).collect(),
        peers: theirs
            .split_ascii_whitespace()
            .filter_map(address)
            .map(at(ports.1))
            .collect(),
    })
}

/// A line of `remaddr`: the identifier of the association, and the path. The columns are:
/// ADDR, ASSOC_ID, HB_ACT, RTO, MAX_PATH_RTX, REM_ADDR_RTX, START, STATE.
fn path(line: &str) -> Option<(u32, ListedPath)> {
    let mut columns = line.split_ascii_whitespace();
    let address = address(columns.next()?)?;
    let association = columns.next()?.parse().ok()?;
    let rto_ticks = columns.nth(1)?.parse().ok()?;
    let state = columns.nth(3)?.parse().ok()?;
    let path = ListedPath {
        address,
        rto_ticks,
        state,
    };
    Some((association, path))
}

/// An address, with a `*` before it if it is the primary one.
fn address(text: &str) -> Option<IpAddr> {
    let address: IpAddr = text.trim_start_matches('*').parse().ok()?;
    Some(address.to_canonical())
}

fn t1_expiries(text: &str) -> Option<u64> {
    let count = |name: &str| {
        let mut lines = text.lines();
        lines.find_map(|line| {
            let (said, count) = line.split_once(char::is_whitespace)?;
            (said == name).then(|| count.trim().parse::<u64>().ok())?
        })
    };
    count("SctpT1InitExpireds")?.checked_add(count("SctpT1CookieExpireds")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = " ASSOC     SOCK   STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE \
                          LPORT RPORT LADDRS <-> RADDRS HBINT INS OUTS MAXRT T1X T2X RTXC wmema \
                          wmemq sndbuf rcvbuf";
    const WAITS: &str = "       0        0 2   7   1  0       4       23        0       0  1234 \
                         40000  5000  10.0.1.1 10.0.2.1 <-> *10.0.1.2 \t   30000    10    10    \
                         5    0    0        0        1        0   212992   212992";

    #[test]
    fn an_association_is_read_and_a_damaged_one_is_not() {
        assert_eq!(association(HEADER), None);
        let listed = association(WAITS).unwrap();
        let address = |text: &str| text.parse::<SocketAddr>().unwrap();
        assert_eq!(
            listed,
            Listed {
                id: 4,
                state: 1,
                inode: 1234,
                local: vec![address("10.0.1.1:40000"), address("10.0.2.1:40000")],
                peers: vec![address("10.0.1.2:5000")],
            }
        );
        let (whole, _) = WAITS.split_once('\t').unwrap();
        for end in 0..whole.len() {
            assert_eq!(association(&WAITS[..end]), None, "cut at {end}");
        }
    }

    #[test]
    fn addresses_of_ipv6_sockets_are_canonical() {
        let line = "0000:0000:0000:0000:0000:ffff:0a00:0102 7 1 100 5 0 0 2";
        let (association, path) = path(line).unwrap();
        assert_eq!((association, path.rto_ticks, path.state), (7, 100, 2));
        assert_eq!(path.address, "10.0.1.2".parse::<IpAddr>().unwrap());
        assert_eq!(super::path("ADDR ASSOC_ID HB_ACT RTO"), None);
    }

    #[test]
    fn both_timers_of_a_set_up_are_counted() {
        let text = "SctpT1InitExpireds              \t3\nSctpT1CookieExpireds            \t2\n";
        assert_eq!(t1_expiries(text), Some(5));
        assert_eq!(t1_expiries("SctpT1InitExpireds\t3\n"), None);
    }
}
