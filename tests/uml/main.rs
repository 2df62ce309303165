//! Tests of the `uml` engine: its runs are the same every time, to the byte, and nothing of
//! them is left, whatever ends them.

mod ends;
mod programs;
mod same;
mod stacks;

use libtest_mimic::{Arguments, Trial};
use tests::{Lab, Need};

type Body = fn(Lab) -> Result<(), String>;

fn main() {
    let mut arguments = Arguments::from_args();
    // One trial at a time: some trials put load on the machine, which must not disturb
    // others.
    arguments.test_threads = Some(1);
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    let uml = Need::uml();
    let trial = |name: &str, body: Body| uml.trial(name, move || Ok(body(lab)?));
    let short = same::ALL.iter().chain(ends::ALL).chain(programs::ALL);
    let short = short.chain(stacks::ALL);
    let short = short.map(|(name, body)| trial(name, *body));
    let usrsctp = uml.clone().and(stacks::need_of_usrsctp());
    let of_usrsctp = stacks::USRSCTP.iter().map(|(name, body)| {
        let body = *body;
        usrsctp.trial(*name, move || Ok(body(lab)?))
    });
    let long = same::LONG
        .iter()
        .map(|(name, body)| trial(&format!("soak::{name}"), *body).with_ignored_flag(true));
    let trials: Vec<Trial> = short.chain(of_usrsctp).chain(long).collect();
    trials::run("uml", &arguments, trials).exit();
}
