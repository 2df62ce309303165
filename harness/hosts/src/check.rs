//! Checks whether targets can be captured on.

mod answer;
mod clock;
mod far_end;

use ssh::SshError;

use crate::lack::Lack;
use crate::target::Target;
use answer::Answer;

pub use clock::ClockDifference;

/// The result of a check of a target.
#[derive(Debug)]
pub struct Checked {
    /// The target's name.
    pub name: String,
    /// The tcpdump of the target, if it has one.
    pub tcpdump: Option<Tcpdump>,
    /// The difference between the target's clock and ours, if it was measured. Times in a
    /// capture are those of each host's own clock.
    pub clock: Option<ClockDifference>,
    /// What keeps the lab from capturing there; empty if nothing does.
    pub lacks: Vec<Lack>,
}

/// A tcpdump at a far end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tcpdump {
    /// The path of the program.
    pub path: String,
    /// The version of the program, if known.
    pub version: Option<String>,
}

impl Checked {
    /// Whether the target can be captured on.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.lacks.is_empty()
    }
}

/// Checks all targets at once. The results are in the order of the targets.
///
/// Each check captures for a moment, with the target's own interface, filter and rights.
/// Nothing is changed there.
#[must_use]
pub fn check(targets: &[Target]) -> Vec<Checked> {
    std::thread::scope(|scope| {
        let asked: Vec<_> = targets
            .iter()
            .map(|target| scope.spawn(|| check_one(target)))
            .collect();
        asked
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panicked| std::panic::resume_unwind(panicked))
            })
            .collect()
    })
}

fn check_one(target: &Target) -> Checked {
    match far_end::ask(target) {
        Ok(answer) => judge(target, answer),
        Err(error) => unreached(target, error),
    }
}

fn unreached(target: &Target, error: SshError) -> Checked {
    Checked {
        name: target.name.clone(),
        tcpdump: None,
        clock: None,
        lacks: vec![Lack::of_ssh(target, error)],
    }
}

fn judge(target: &Target, answer: Answer) -> Checked {
    let mut lacks = Vec::new();
    let is_root = answer.sudo.is_none();
    if let Some(words) = answer.sudo {
        lacks.push(Lack::Sudo { words });
    }
    if let Some(words) = answer.filter {
        lacks.push(Lack::Filter {
            filter: target.filter.clone(),
            words,
        });
    }
    if answer.tcpdump.is_none() {
        lacks.push(Lack::no_tcpdump(target));
    } else if !answer.listens {
        match Lack::of_words(target, None, &answer.capture) {
            Lack::NoInterface { interface, .. } => lacks.push(Lack::NoInterface {
                interface,
                known: answer.interfaces,
            }),
            lack @ Lack::Rights { .. } => {
                let interface = target.interface.clone();
                let is_known = answer.interfaces.contains(&interface);
                // A user without sudo lacks the rights for that reason: one lack is enough.
                if is_root {
                    lacks.push(lack);
                }
                // Without the rights tcpdump does not say that the interface is missing.
                if !is_known && !answer.interfaces.is_empty() {
                    lacks.push(Lack::NoInterface {
                        interface,
                        known: answer.interfaces,
                    });
                }
            }
            lack => lacks.push(lack),
        }
    }
    Checked {
        name: target.name.clone(),
        tcpdump: answer.tcpdump.map(|path| Tcpdump {
            path,
            version: answer.version,
        }),
        clock: answer.clock,
        lacks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target() -> Target {
        let targets = crate::parse("one: {host: there, interface: eth9}", "".as_ref());
        targets.expect("it is a good one").remove(0)
    }

    fn lacks(lines: &[&str]) -> Vec<String> {
        let mut answer = Answer::default();
        lines.iter().for_each(|line| answer.take(line));
        let lacks = judge(&target(), answer).lacks;
        lacks
            .iter()
            .map(|lack| lack.to_string().lines().next().unwrap_or("").to_owned())
            .collect()
    }

    #[test]
    fn one_that_listens_lacks_nothing() {
        let said = ["tcpdump /usr/bin/tcpdump", "listening"];
        assert_eq!(lacks(&said), [""; 0]);
    }

    #[test]
    fn all_that_is_lacking_is_told_at_once() {
        let said = [
            "tcpdump /usr/bin/tcpdump",
            "interface eth0",
            "filter tcpdump: syntax error in filter expression",
            "capture tcpdump: eth9: You don't have permission to capture on that device",
        ];
        let expected = [
            "tcpdump does not take the filter `sctp or udp port 9899`:",
            "the user has no right to capture on `eth9` there:",
            "there is no interface `eth9` there",
        ];
        assert_eq!(lacks(&said), expected);
        assert_eq!(lacks(&["no-tcpdump"]), ["there is no tcpdump there"]);
    }

    #[test]
    fn rights_that_sudo_should_have_given_are_not_told_twice() {
        let said = [
            "sudo sudo: a password is required",
            "tcpdump /usr/bin/tcpdump",
            "interface eth9",
            "capture tcpdump: eth9: You don't have permission to capture on that device",
        ];
        assert_eq!(
            lacks(&said),
            ["sudo does not work there without a password:"]
        );
    }
}
