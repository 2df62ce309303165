use std::fmt;

use serde::Serialize;

use super::{Origin, Rule, Stack};

/// A rule for whoever reads of it: what it is about, what it says, and where that is
/// written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// What it is about.
    pub rule: &'static str,
    /// The rule.
    pub says: &'static str,
    /// An RFC's section, or the file and function of a kernel.
    pub source: &'static str,
    /// Whose rule it is.
    pub origin: Origin,
}

/// The rules that every stack keeps, by what they are about.
impl Citation {
    /// T3-rtx and what doubles it.
    pub const BACK_OFF: Citation = Citation::of_rfc(
        "back-off of T3-rtx",
        "T3-rtx takes the RTO, which each error doubles up to RTO.Max",
        "RFC 9260 section 6.3.3",
    );
    /// The errors that a path may have.
    pub const PATH_LIMIT: Citation = Citation::of_rfc(
        "limit of a path",
        "a path is unreachable when its errors exceed Path.Max.Retrans",
        "RFC 9260 section 8.2",
    );
    /// What makes a path available.
    pub const ANSWER: Citation = Citation::of_rfc(
        "answer to a HEARTBEAT",
        "a HEARTBEAT ACK clears the errors of its path, which is available then",
        "RFC 9260 section 8.3",
    );
    /// The retransmissions of a set-up.
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

    /// What sends an ASCONF again, and counts that.
    pub const ASCONF: Citation = Citation::of_rfc(
        "ASCONF without an answer",
        "T-4 RTO takes the RTO of the path that the ASCONF goes to; when it runs out, that is \
         an error of the path and of the association, and the ASCONF is sent again, to another \
         path if there is one",
        "RFC 5061 section 5.1, B1 to B5",
    );
    /// What sends a RE-CONFIG again, and counts that.
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
    /// What it is about, and the RFC's section or that it is a stack's own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, source, .. } = self;
        let of = source.split(' ').next().unwrap_or(source);
        match self.origin {
            Origin::Rfc => write!(f, "{rule} ({source})"),
            Origin::Stack => write!(f, "{rule} ({of}’s own)"),
        }
    }
}

/// The rules of a stack, by what they are about.
impl Stack {
    /// How late a timer may be.
    #[must_use]
    pub fn on_lateness(&self) -> Citation {
        Citation::of("lateness of timers", &self.lateness)
    }

    /// The pause before a HEARTBEAT.
    #[must_use]
    pub fn on_heartbeats(&self) -> Citation {
        Citation::of("pause before a HEARTBEAT", &self.heartbeat)
    }

    /// When a HEARTBEAT that nobody answers is an error.
    #[must_use]
    pub fn on_unanswered(&self) -> Citation {
        Citation::of("HEARTBEAT without an answer", &self.unanswered)
    }

    /// When a path is potentially failed.
    #[must_use]
    pub fn on_potentially_failed(&self) -> Citation {
        Citation::of("potentially failed", &self.potentially_failed)
    }

    /// How a potentially failed path is probed.
    #[must_use]
    pub fn on_probing(&self) -> Citation {
        Citation::of("probing", &self.probing)
    }

    /// Which errors the association counts.
    #[must_use]
    pub fn on_association_errors(&self) -> Citation {
        Citation::of("errors of the association", &self.association_errors)
    }

    /// When the association is given up.
    #[must_use]
    pub fn on_giving_up(&self) -> Citation {
        Citation::of("limit of the association", &self.giving_up)
    }

    /// When T1 is doubled.
    #[must_use]
    pub fn on_init_back_off(&self) -> Citation {
        Citation::of("back-off of T1", &self.init_back_off)
    }

    /// Where the doubling of T1 ends.
    #[must_use]
    pub fn on_init_cap(&self) -> Citation {
        Citation::of("longest T1", &self.init_cap)
    }

    /// The guard of a shutdown.
    #[must_use]
    pub fn on_shutdown_guard(&self) -> Citation {
        Citation::of("guard of a shutdown", &self.shutdown_guard)
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
