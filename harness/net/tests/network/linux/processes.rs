//! Networks of processes that are killed, and of processes without rights.
//!
//! Each of these tests needs a process of its own, which is this program again.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::os::fd::AsRawFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{self, Command, Stdio};

use net::privilege::{self, Privilege};
use net::{Direction, Network};
use nix::libc::SIGKILL;
use nix::sys::prctl::set_dumpable;
use nix::unistd::{Gid, Uid, setgid, setgroups, setuid};

use super::need::rights;
use super::support::{Test, one_link, receive, run, story, tests, udp};
use super::witness::{Witness, namespace};

pub(super) const TESTS: &[Test] = tests![
    a_killed_process_leaves_nothing,
    who_holds_the_rights_needs_no_user_namespace,
    nobody_makes_networks_in_a_user_namespace,
];

const ROLE: &str = "NET_TEST_ROLE";
const NOBODY: u32 = 65_534;
const NODES: [&str; 2] = ["client", "server"];

/// What this process is to do instead of testing.
pub(super) fn role() -> Option<fn()> {
    match std::env::var(ROLE).ok()?.as_str() {
        "killed" => Some(to_be_killed),
        "nobody" => Some(in_a_user_namespace),
        other => panic!("nobody plays `{other}`"),
    }
}

fn again(role: &str) -> Command {
    // In the guest the program's file has no name.
    let mut command = Command::new("/proc/self/exe");
    command.env(ROLE, role);
    command
}

async fn a_killed_process_leaves_nothing() {
    let witness = Witness::new();
    let mut child = again("killed")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    for node in NODES {
        let path = said.next().unwrap().unwrap();
        witness.tie(node, &File::open(path).unwrap());
    }
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(SIGKILL));
    witness.sees_the_end_of(&NODES);
}

/// Builds a network and says where its namespaces can be opened.
fn to_be_killed() {
    assert_eq!(rights(), None);
    run(async {
        let network = Network::build(one_link()).await.unwrap();
        network.cut("path-a", Direction::Both).unwrap();
        let namespaces = NODES.map(|node| namespace(&network, node));
        for namespace in &namespaces {
            println!("/proc/{}/fd/{}", process::id(), namespace.as_raw_fd());
        }
        // The end of the input comes only if the parent has failed to kill this process.
        io::stdin().read_to_end(&mut Vec::new()).unwrap();
    });
}

/// This process holds the rights: it had them, or has entered a user namespace for them.
async fn who_holds_the_rights_needs_no_user_namespace() {
    assert_eq!(privilege::probe().unwrap(), Privilege::Held);
}

async fn nobody_makes_networks_in_a_user_namespace() {
    let child = again("nobody").output().unwrap();
    assert!(
        child.status.success(),
        "{}",
        String::from_utf8_lossy(&child.stderr)
    );
}

fn in_a_user_namespace() {
    if Uid::effective().is_root() {
        setgroups(&[]).unwrap();
        setgid(Gid::from_raw(NOBODY)).unwrap();
        setuid(Uid::from_raw(NOBODY)).unwrap();
        // The kernel closes /proc/self to a process that changes its user; one that starts
        // as nobody may use it.
        set_dumpable(true).unwrap();
    }
    assert_eq!(privilege::probe().unwrap(), Privilege::UserNamespace);
    privilege::enter_user_namespace().unwrap();
    assert_eq!(privilege::probe().unwrap(), Privilege::Held);
    run(async {
        let network = Network::build(one_link()).await.unwrap();
        let from = udp(&network, "client", "[fd01::1]:7");
        let to = udp(&network, "server", "[fd01::2]:7");
        from.send_to(b"hello", "[fd01::2]:7").await.unwrap();
        assert_eq!(receive(&to).await.0, b"hello");
        assert_eq!(story(&network.finish().await.unwrap()).len(), 2);
    });
}
