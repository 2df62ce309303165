//! Networks of processes that are killed, and of processes without rights.
//!
//! Each of these needs a process of its own, which is this program again.
#![allow(clippy::unwrap_used, reason = "test code")]

#[cfg(target_os = "linux")]
mod common;

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    use libtest_mimic::{Arguments, Failed, Trial};
    use net::privilege::{self, Privilege};
    use net::{Direction, Network};
    use nix::sys::prctl::set_dumpable;
    use nix::unistd::{Gid, Uid, setgid, setgroups, setuid};

    use crate::common::witness::{Witness, tie};
    use crate::common::{one_link, receive, story, udp};

    const ROLE: &str = "NET_TEST_ROLE";
    const NOBODY: u32 = 65_534;

    pub(crate) fn main() {
        match std::env::var(ROLE).ok().as_deref() {
            None => libtest_mimic::run(
                &Arguments::from_args(),
                vec![
                    Trial::test("a_killed_process_leaves_nothing", killed),
                    Trial::test("root_needs_no_user_namespace", root),
                    Trial::test("nobody_makes_networks_in_a_user_namespace", nobody),
                ],
            )
            .exit(),
            Some("nobody") => in_a_user_namespace(),
            Some(witness) => to_be_killed(&File::open(witness).unwrap()),
        }
    }

    fn again(role: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.env(ROLE, role);
        command
    }

    fn run<T>(act: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(act)
    }

    fn killed() -> Result<(), Failed> {
        let witness = Witness::new();
        let mut child = again(&witness.path()).stdout(Stdio::piped()).spawn()?;
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said)?;
        assert_eq!(said, "up\n");
        child.kill()?;
        child.wait()?;
        witness.sees_the_end_of(&["client", "server"]);
        Ok(())
    }

    fn to_be_killed(witness: &File) {
        run(async {
            let network = Network::build(one_link()).await.unwrap();
            network.cut("path-a", Direction::Both).unwrap();
            tie(&network, "client", witness);
            tie(&network, "server", witness);
            println!("up");
            std::future::pending::<()>().await;
        });
    }

    fn root() -> Result<(), Failed> {
        assert_eq!(privilege::probe()?, Privilege::Held);
        Ok(())
    }

    fn nobody() -> Result<(), Failed> {
        let child = again("nobody").output()?;
        if child.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&child.stderr).into())
    }

    fn in_a_user_namespace() {
        setgroups(&[]).unwrap();
        setgid(Gid::from_raw(NOBODY)).unwrap();
        setuid(Uid::from_raw(NOBODY)).unwrap();
        // Who changes is not trusted with its own /proc; who starts as nobody is.
        set_dumpable(true).unwrap();

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
}

fn main() {
    #[cfg(target_os = "linux")]
    linux::main();
}
