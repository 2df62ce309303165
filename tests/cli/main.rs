//! Tests the command line as people and scripts use it.

mod action;
mod against;
mod answer;
mod bisect;
mod boxes;
mod browser;
mod caches;
mod captures;
mod example;
mod exits;
mod hanging;
mod json;
mod junit;
mod kernels;
mod killed;
mod kills;
mod lacking;
mod learn;
mod live;
mod mistakes;
mod outputs;
mod overwrites;
mod pages;
mod picture;
mod readme;
mod recordings;
mod sweeps;
mod targets;
mod terminals;
mod without_engine;

use libtest_mimic::{Arguments, Failed};
use tests::{Lab, Need, lesson};

/// A test. It panics, or says what is wrong.
type Body = fn(Lab) -> Result<(), String>;

fn main() {
    let arguments = Arguments::from_args();
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    let vm = Need::vm();
    if vm.is_there() && !arguments.list {
        lab.prepare_vm(&lesson("multihoming-failover"));
    }
    let body = |body: Body| move || -> Result<(), Failed> { Ok(body(lab)?) };
    let anywhere = without_engine::ALL
        .iter()
        .chain(mistakes::ALL)
        .chain(captures::ALL)
        .chain(live::ANYWHERE)
        .chain(lacking::ALL)
        .chain(learn::ANYWHERE)
        .chain(pages::ALL)
        .chain(json::ANYWHERE)
        .chain(outputs::ANYWHERE)
        .chain(overwrites::ANYWHERE)
        .chain(kernels::ANYWHERE)
        .chain(bisect::ANYWHERE)
        .chain(exits::ANYWHERE)
        .chain(terminals::ANYWHERE)
        .chain(boxes::ANYWHERE)
        .chain(hanging::ANYWHERE)
        .chain(caches::ANYWHERE)
        .chain(sweeps::ANYWHERE)
        .chain(targets::ANYWHERE)
        .chain(against::ANYWHERE)
        .chain(action::ANYWHERE);
    let anywhere = anywhere.map(|(name, test)| trials::test(*name, body(*test)));
    let in_vm = recordings::ALL
        .iter()
        .chain(readme::ALL)
        .chain(picture::ALL)
        .chain(json::IN_VM)
        .chain(kernels::IN_VM)
        .chain(bisect::IN_VM)
        .chain(learn::IN_VM)
        .chain(live::IN_VM)
        .chain(hanging::IN_VM)
        .chain(caches::IN_VM)
        .chain(sweeps::IN_VM)
        .chain(outputs::IN_VM)
        .chain(overwrites::IN_VM)
        .chain(exits::IN_VM)
        .chain(action::IN_VM)
        .chain(killed::ALL)
        .chain(kills::ALL);
    let in_vm = in_vm.map(|(name, test)| vm.trial(*name, body(*test)));
    let long = kills::LONG.iter();
    let long = long.map(|(name, test)| vm.trial(*name, body(*test)).with_ignored_flag(true));
    let sshd = boxes::need();
    let with_sshd = boxes::WITH_SSHD;
    let with_sshd = with_sshd
        .iter()
        .map(|(name, test)| sshd.trial(*name, body(*test)));
    let with_tcpdump = sshd.clone().and(targets::need());
    let with_tcpdump = targets::WITH_TCPDUMP
        .iter()
        .map(|(name, test)| with_tcpdump.trial(*name, body(*test)));
    let with_parallel = vm.clone().and(sweeps::need());
    let with_parallel = sweeps::WITH_PARALLEL
        .iter()
        .map(|(name, test)| with_parallel.trial(*name, body(*test)));
    let usrsctp = against::need();
    let with_usrsctp = against::WITH_USRSCTP;
    let with_usrsctp = with_usrsctp
        .iter()
        .map(|(name, test)| usrsctp.trial(*name, body(*test)));
    let in_both = vm.clone().and(Need::browser());
    let with_xmllint = vm.clone().and(Need::xmllint());
    let with_xmllint = junit::ALL
        .iter()
        .map(|(name, test)| with_xmllint.trial(*name, body(*test)));
    let in_browser = browser::ALL.iter();
    let in_browser = in_browser.map(|(name, test)| in_both.trial(*name, body(*test)));
    let trials = anywhere
        .chain(in_vm)
        .chain(with_sshd)
        .chain(with_tcpdump)
        .chain(with_xmllint)
        .chain(with_parallel)
        .chain(with_usrsctp)
        .chain(in_browser)
        .chain(long)
        .collect();
    trials::run("cli", &arguments, trials).exit();
}
