//! The SCTP sockets that a program has open. The lab duplicates a descriptor of the program
//! (`pidfd_getfd(2)`) for one look at the socket, and closes the duplicate at once: a
//! duplicate left open would keep the socket open after the program has closed it.

use std::collections::BTreeSet;
use std::io;

use socket::Socket;

/// A descriptor of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    process: i32,
    number: i32,
    /// The inode of the socket, as the kernel's tables name it.
    pub(super) inode: u64,
}

/// The places of the SCTP sockets of a process group, each socket once.
///
/// # Errors
/// The error of the system call, where the kernel does not let the lab look.
pub(super) fn of_group(group: u32) -> io::Result<Vec<Place>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for process in processes(group)? {
        for (number, inode) in sys::sockets(process)? {
            // A socket that several processes share counts once.
            if seen.insert(inode) {
                let place = Place {
                    process,
                    number,
                    inode,
                };
                if at(place)?.is_some() {
                    found.push(place);
                }
            }
        }
    }
    Ok(found)
}

/// The SCTP socket at a place, if there is one.
///
/// # Errors
/// The error of the system call, where the kernel does not let the lab look.
pub(super) fn at(place: Place) -> io::Result<Option<Socket>> {
    let taken = sys::take(place.process, place.number)?;
    Ok(taken.and_then(|taken| Socket::from_descriptor(taken).ok()))
}

/// The processes of a group, in the order of their numbers.
fn processes(group: u32) -> io::Result<Vec<i32>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(process) = name.to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        // A process that has ended meanwhile is in no group.
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else {
            continue;
        };
        if group_in(&stat) == Some(group) {
            found.push(process);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The process group in a `/proc/PID/stat` (proc_pid_stat(5)): the third field after the
/// name. The name stands in parentheses, and may hold parentheses itself.
fn group_in(stat: &str) -> Option<u32> {
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_ascii_whitespace().nth(2)?.parse().ok()
}

#[cfg(target_os = "linux")]
mod sys {
    use std::io;
    use std::os::fd::OwnedFd;

    use rustix::io::Errno;
    use rustix::process::{Pid, PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};

    /// The descriptors of a process that are sockets, each with its inode.
    pub(super) fn sockets(process: i32) -> io::Result<Vec<(i32, u64)>> {
        let folder = format!("/proc/{process}/fd");
        let mut found = Vec::new();
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(error),
        };
        for entry in entries {
            // The process may close a descriptor that is being listed, or end.
            let Ok(entry) = entry else { continue };
            let Ok(target) = std::fs::read_link(entry.path()) else {
                continue;
            };
            let number = entry.file_name().to_str().and_then(|it| it.parse().ok());
            let inode = target.to_str().and_then(|it| it.strip_prefix("socket:["));
            let inode = inode.and_then(|it| it.strip_suffix(']')?.parse().ok());
            if let (Some(number), Some(inode)) = (number, inode) {
                found.push((number, inode));
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// A duplicate of a process's descriptor; `None` where the process or the descriptor is
    /// gone.
    pub(super) fn take(process: i32, number: i32) -> io::Result<Option<OwnedFd>> {
        let Some(process) = Pid::from_raw(process) else {
            return Ok(None);
        };
        let taken = pidfd_open(process, PidfdFlags::empty())
            .and_then(|process| pidfd_getfd(process, number, PidfdGetfdFlags::empty()));
        match taken {
            Ok(taken) => Ok(Some(taken)),
            Err(Errno::SRCH | Errno::BADF) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod sys {
    use std::io;
    use std::os::fd::OwnedFd;

    pub(super) fn sockets(_: i32) -> io::Result<Vec<(i32, u64)>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn take(_: i32, _: i32) -> io::Result<Option<OwnedFd>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::Read;
    use std::os::fd::AsRawFd;
    use std::os::unix::net::UnixStream;
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_group_is_found_behind_any_name() {
        assert_eq!(group_in("7 (sh) S 1 42 7 0 -1"), Some(42));
        assert_eq!(group_in("7 (a) (b) c) S 1 43 7 0 -1"), Some(43));
        for damaged in ["", "7 (sh", "7 (sh) S 1", "7 (sh) S 1 x"] {
            assert_eq!(group_in(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn a_socket_of_another_process_is_taken_and_let_go() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let mut child = Command::new("sleep")
            .arg("1000")
            .process_group(0)
            .stdin(Stdio::from(std::os::fd::OwnedFd::from(theirs)))
            .spawn()
            .unwrap();
        let group = child.id();
        let process = group.cast_signed();
        assert_eq!(processes(group).unwrap(), [process]);
        // The child's only socket is its standard input, and that is no SCTP socket.
        let found = sys::sockets(process).unwrap();
        assert!(found.iter().any(|(number, _)| *number == 0), "{found:?}");
        let taken = sys::take(process, 0).unwrap().unwrap();
        assert_ne!(taken.as_raw_fd(), ours.as_raw_fd());
        drop(taken);
        assert_eq!(of_group(group).unwrap(), []);
        process::end(&mut child).unwrap();
        // Nobody holds the other end any more.
        assert_eq!((&ours).read(&mut [0]).unwrap(), 0);
        assert_eq!(of_group(group).unwrap(), []);
        assert!(sys::take(process, 0).unwrap().is_none());
    }
}
