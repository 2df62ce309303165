//! Citations of the rules that a bound was computed by: subject, text and source.

use std::fmt;

use serde::Serialize;

use super::{Origin, Rule, Stack};

/// A rule as a report shows it: its subject, its text, and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Subject of the rule.
    pub rule: &'static str,
    /// Text of the rule.
    pub says: &'static str,
    /// An RFC's section, or the file and function of a kernel.
    pub source: &'static str,
    /// Whether the rule is the RFC's or the stack's own.
    pub origin: Origin,
}

/// The rules that are the same for every stack.
impl Citation {
    /// T3-rtx and its back-off.
    pub const BACK_OFF: Citation = Citation::of_rfc(
        "back-off of T3-rtx",
        "T3-rtx takes the RTO, which each error doubles up to RTO.Max",
        "RFC 9260 section 6.3.3",
    );
    /// The greatest number of errors of a path.
    pub const PATH_LIMIT: Citation = Citation::of_rfc(
        "limit of a path",
        "a path is unreachable when its errors exceed Path.Max.Retrans",
        "RFC 9260 section 8.2",
    );
    /// The event that makes a path available.
    pub const ANSWER: Citation = Citation::of_rfc(
        "answer to a HEARTBEAT",
        "a HEARTBEAT ACK clears the errors of its path, which is available then",
        "RFC 9260 section 8.3",
    );
    /// The greatest number of retransmissions in a set-up.
    pub const INIT_LIMIT: Citation = Citation::of_rfc(
        "limit of a set-up",
        "INIT and COOKIE ECHO are sent again Max.Init.Retransmits times, no more",
        "RFC 9260 section 4",
    );
    /// T2-shutdown.
    pub const SHUTDOWN: Citation = Citation::of_rfc(
        "T2-shutdown",
        "T2-shutdown takes the RTO, which each expiry doubles up to RTO.Max; the SHUTDOWN is \
         sent again up to Association.Max.Retrans times",
        "RFC 9260 section 9.2",
    );

    /// The timer of an ASCONF, and the errors that it counts.
    pub const ASCONF: Citation = Citation::of_rfc(
        "ASCONF without an answer",
        "T-4 RTO takes the RTO of the path that the ASCONF goes to; when it runs out, that is \
         an error of the path and of the association, and the ASCONF is sent again, to another \
         path if there is one",
        "RFC 5061 section 5.1, B1 to B5",
    );
    /// The timer of a RE-CONFIG, and the errors that it counts.
    pub const RE_CONFIG: Citation = Citation::of_rfc(
        "RE-CONFIG without an answer",
        "the Re-configuration Timer takes the RTO; when it runs out, that is an error of the \
         path and of the association, and the RE-CONFIG is sent again",
        "RFC 6525 section 5.1.1",
    );

    const fn of_rfc(rule: &'static str, says: &'static str, source: &'static str) -> Self {
        Self {
            rule,
            says,
            source,
            origin: Origin::Rfc,
        }
    }

    fn of<T>(about: &'static str, rule: &Rule<T>) -> Self {
        Self {
            rule: about,
            says: rule.says,
            source: rule.source,
            origin: rule.origin(),
        }
    }
}

impl fmt::Display for Citation {
    /// The subject, and either the RFC's section or the words that the rule is a stack's own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, source, .. } = self;
        let of = source.split(' ').next().unwrap_or(source);
        match self.origin {
            Origin::Rfc => write!(f, "{rule} ({source})"),
            Origin::Stack => write!(f, "{rule} ({of}’s own)"),
        }
    }
}

/// The rules that differ between stacks.
impl Stack {
    /// The greatest lateness of a timer.
    #[must_use]
    pub fn on_lateness(&self) -> Citation {
        Citation::of("lateness of timers", &self.lateness)
    }

    /// The pause before a HEARTBEAT.
    #[must_use]
    pub fn on_heartbeats(&self) -> Citation {
        Citation::of("pause before a HEARTBEAT", &self.heartbeat)
    }

    /// The time at which an unanswered HEARTBEAT counts as an error.
    #[must_use]
    pub fn on_unanswered(&self) -> Citation {
        Citation::of("HEARTBEAT without an answer", &self.unanswered)
    }

    /// The condition for a path to be potentially failed.
    #[must_use]
    pub fn on_potentially_failed(&self) -> Citation {
        Citation::of("potentially failed", &self.potentially_failed)
    }

    /// The probing of a potentially failed path.
    #[must_use]
    pub fn on_probing(&self) -> Citation {
        Citation::of("probing", &self.probing)
    }

    /// The errors that the association counts.
    #[must_use]
    pub fn on_association_errors(&self) -> Citation {
        Citation::of("errors of the association", &self.association_errors)
    }

    /// The time at which the association is given up.
    #[must_use]
    pub fn on_giving_up(&self) -> Citation {
        Citation::of("limit of the association", &self.giving_up)
    }

    /// The condition for doubling T1.
    #[must_use]
    pub fn on_init_back_off(&self) -> Citation {
        Citation::of("back-off of T1", &self.init_back_off)
    }

    /// The limit of T1's doubling.
    #[must_use]
    pub fn on_init_cap(&self) -> Citation {
        Citation::of("longest T1", &self.init_cap)
    }

    /// The guard of a shutdown.
    #[must_use]
    pub fn on_shutdown_guard(&self) -> Citation {
        Citation::of("guard of a shutdown", &self.shutdown_guard)
    }

    /// The guard of a shutdown that waits for a closed window.
    #[must_use]
    pub fn on_last_chance(&self) -> Citation {
        Citation::of("guard before a shutdown", &self.last_chance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_tells_the_rfcs_rules_from_a_stacks_own() {
        let linux = &Stack::LINUX;
        assert_eq!(
            Citation::BACK_OFF.to_string(),
            "back-off of T3-rtx (RFC 9260 section 6.3.3)"
        );
        assert_eq!(
            linux.on_lateness().to_string(),
            "lateness of timers (Linux’s own)"
        );
        assert_eq!(linux.on_lateness().origin, Origin::Stack);
        assert_eq!(Stack::RFC.on_probing().origin, Origin::Rfc);
    }

    #[test]
    fn each_rule_of_a_stack_names_a_document_or_its_own_source() {
        for stack in [&Stack::RFC, &Stack::LINUX, &Stack::FREEBSD] {
            let all = [
                stack.on_lateness(),
                stack.on_heartbeats(),
                stack.on_unanswered(),
                stack.on_potentially_failed(),
                stack.on_probing(),
                stack.on_association_errors(),
                stack.on_giving_up(),
                stack.on_init_back_off(),
                stack.on_init_cap(),
                stack.on_shutdown_guard(),
                stack.on_last_chance(),
            ];
            for citation in all {
                let wanted = match citation.origin {
                    Origin::Rfc => "RFC ",
                    Origin::Stack => stack.name,
                };
                assert!(citation.source.starts_with(wanted), "{citation:?}");
            }
        }
    }
}
