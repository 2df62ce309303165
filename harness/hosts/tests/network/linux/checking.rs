//! Checks of targets, and captures that start at all of them or at none.

use hosts::{Capture, Interrupt, Lack, StartError, check};
use ssh::SshError;

use super::lab::{Lab, PATIENCE, Sshd};
use super::{Test, capturers, tests};

pub(super) const TESTS: &[Test] = tests![
    good_targets_lack_nothing,
    each_target_has_its_own_lacks,
    a_host_with_another_key_is_refused,
    all_start_or_none,
];

fn good_targets_lack_nothing() {
    let lab = Lab::new();
    let targets = lab.targets("one: {ONE}\ntwo: {TWO, interface: path-a, filter: sctp port 1}");
    let found = lab.inside(|| check(&targets));
    let names: Vec<_> = found.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["one", "two"]);
    for it in found {
        assert!(it.is_usable(), "{:?}", it.lacks);
        let tcpdump = it.tcpdump.unwrap();
        assert!(tcpdump.path.ends_with("/tcpdump"), "{tcpdump:?}");
        assert!(tcpdump.version.is_some());
        // The host's clock is this machine's.
        let clock = it.clock.unwrap();
        assert!(
            u128::from(clock.ahead_ns.unsigned_abs()) <= clock.within.as_nanos(),
            "{clock:?}"
        );
    }
}

fn each_target_has_its_own_lacks() {
    let lab = Lab::with([
        Sshd::default(),
        Sshd {
            no_tcpdump: true,
            ..Sshd::default()
        },
    ]);
    let targets = lab.targets(
        "filter: {ONE, filter: sctp or nonsense}\nnothing: {TWO}\ninterface: {ONE, interface: eth9}\n\
         closed: {host: 10.0.1.2, port: 1}\nstranger: {host: 10.0.1.2, port: 2222, user: nobody}",
    );
    let found = lab.inside(|| check(&targets));
    let lacks: Vec<&Lack> = found.iter().flat_map(|it| &it.lacks).collect();
    let [
        Lack::Filter { filter, words },
        Lack::NoTcpdump { .. },
        Lack::NoInterface { interface, known },
        Lack::Ssh(SshError::Unreachable { words: closed, .. }),
        Lack::NotLetIn { .. },
    ] = lacks[..]
    else {
        panic!("{lacks:#?}");
    };
    assert_eq!(filter, "sctp or nonsense");
    assert!(words.contains("syntax error"), "{words}");
    assert_eq!(interface, "eth9");
    assert!(known.contains(&"path-a".to_owned()), "{known:?}");
    assert!(closed.contains("Connection refused"), "{closed}");
    assert!(lacks.iter().all(|lack| lack.remedy().is_some()));
}

fn a_host_with_another_key_is_refused() {
    let lab = Lab::with([
        Sshd::default(),
        Sshd {
            other_key: true,
            ..Sshd::default()
        },
    ]);
    let targets = lab.targets("good: {ONE}\nchanged: {TWO}");
    let found = lab.inside(|| check(&targets));
    assert!(found[0].is_usable(), "{:?}", found[0].lacks);
    let [lack @ Lack::Ssh(SshError::HostKey { .. })] = &found[1].lacks[..] else {
        panic!("{:?}", found[1].lacks);
    };
    let words = lack.to_string();
    assert!(
        words.contains("10.0.2.2 is unknown or has changed"),
        "{words}"
    );
    let remedy = lack.remedy().unwrap();
    assert!(remedy.contains("ssh-keyscan -p 2222 10.0.2.2"), "{remedy}");
}

fn all_start_or_none() {
    let lab = Lab::new();
    let mark = "not port 61001";
    let targets = lab.targets(&format!(
        "good: {{ONE, filter: 'udp port 9899 and {mark}'}}\n\
         closed: {{host: 10.0.2.2, port: 1}}\nwrong: {{TWO, filter: nonsense}}\n\
         absent: {{TWO, interface: eth9}}"
    ));
    let start = || Capture::start(&targets, &Interrupt::default(), PATIENCE).map(drop);
    let Err(StartError::Targets(failures)) = lab.inside(start) else {
        panic!("it has started");
    };
    let failures: Vec<_> = failures
        .iter()
        .map(|(name, it)| (name.as_str(), it))
        .collect();
    let [
        ("closed", Lack::Ssh(SshError::Unreachable { .. })),
        ("wrong", Lack::Filter { .. }),
        ("absent", Lack::NoInterface { .. }),
    ] = failures[..]
    else {
        panic!("{failures:#?}");
    };
    assert_eq!(capturers::count(mark), 0);
}
