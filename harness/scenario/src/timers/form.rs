//! The form of an endpoint's timers and thresholds, and its checks.

use std::time::Duration;

use super::profile_file::ProfileName;
use crate::diagnostic::Problems;
use crate::model::Timers;
use crate::read::{ChoiceOf, Optional, record};
use crate::value::{Small, Time, spelled};

record! {
    /// The timers and thresholds of an endpoint that differ from the defaults.
    struct TimersForm = "{rto: {initial: 1s, min: 500ms}, path-max-retrans: 2}" {
        optional {
            /// A profile of timers, by a name that `sctp-lab profiles` lists. Values
            /// beside it take precedence.
            profile: ChoiceOf<ProfileName>,
            /// The bounds of the retransmission timer (RFC 9260 section 16).
            rto: RtoForm,
            /// HB.interval: the time between HEARTBEATs on an idle path is HB.interval
            /// plus the RTO, varied by ±50 % of the RTO (RFC 9260 section 8.3); RFC 9260
            /// recommends 30 s.
            heartbeat: Time,
            /// Path.Max.Retrans: a path with more errors is unreachable; 1 or more; RFC
            /// 9260 recommends 5.
            path_max_retrans: Small,
            /// Association.Max.Retrans: an association with more errors is given up; 1 or
            /// more; RFC 9260 recommends 10.
            association_max_retrans: Small,
            /// Max.Init.Retransmits: the greatest number of retransmissions of an INIT, 1
            /// or more; RFC 9260 recommends 8.
            max_init_retransmits: Small,
            /// The greatest delay of a SACK (RFC 9260 section 6.2); 200 ms by default,
            /// and never more than 500 ms.
            sack_delay: Time,
            /// PotentiallyFailed.Max.Retrans: a path with more errors is potentially
            /// failed (RFC 7829 section 3.2).
            potentially_failed: Small,
        }
    }
}

record! {
    /// The bounds of the retransmission timer (RTO).
    struct RtoForm = "{initial: 1s, min: 1s, max: 60s}" {
        optional {
            /// RTO.Initial, the RTO before the first measurement; RFC 9260 recommends 1
            /// s, Linux uses the 3 s of RFC 4960.
            initial: Time,
            /// RTO.Min.
            min: Time,
            /// RTO.Max.
            max: Time,
        }
    }
}

impl TimersForm {
    /// The timers of this form and of its profile.
    pub(crate) fn check(&self, problems: &mut Problems<'_>) -> Timers {
        let own = self.own(problems);
        let Some(profile) = self.profile.get().and_then(|it| it.0.profile()) else {
            return own;
        };
        let timers = own.over(&profile.timers);
        if let Some(rto) = self.rto.spanned()
            && own.has_rto_in_order()
            && !timers.has_rto_in_order()
        {
            let theirs = &profile.timers;
            let theirs = [
                ("initial", theirs.rto_initial),
                ("min", theirs.rto_min),
                ("max", theirs.rto_max),
            ];
            let theirs: Vec<String> = theirs
                .into_iter()
                .filter_map(|(name, time)| Some(format!("{name}: {}", spelled(time?))))
                .collect();
            problems
                .add(
                    rto.span,
                    "this does not go with the RTO of the profile",
                    "in here",
                )
                .help(format!(
                    "the profile has `{}`; `min` is at most `initial`, and that is at most `max`",
                    theirs.join(", ")
                ));
        }
        timers
    }

    /// The timers of this form alone.
    pub(crate) fn own(&self, problems: &mut Problems<'_>) -> Timers {
        let rto = self.rto.get();
        let timers = Timers {
            rto_initial: rto.and_then(|rto| timer(&rto.initial, problems)),
            rto_min: rto.and_then(|rto| timer(&rto.min, problems)),
            rto_max: rto.and_then(|rto| timer(&rto.max, problems)),
            heartbeat_interval: timer(&self.heartbeat, problems),
            path_max_retrans: limit(&self.path_max_retrans, problems),
            association_max_retrans: limit(&self.association_max_retrans, problems),
            max_init_retransmits: limit(&self.max_init_retransmits, problems),
            sack_delay: timer(&self.sack_delay, problems),
            potentially_failed: threshold(&self.potentially_failed),
        };
        if let Some(rto) = rto {
            check_order(("initial", &rto.initial), ("max", &rto.max), problems);
            check_order(("min", &rto.min), ("initial", &rto.initial), problems);
            check_order(("min", &rto.min), ("max", &rto.max), problems);
        }
        // RFC 9260 section 6.2: the delay MUST NOT exceed 500 ms.
        if let Some(delay) = self.sack_delay.spanned()
            && delay.value.0 > Duration::from_millis(500)
        {
            problems
                .add(delay.span, "a SACK must not be held back so long", "here")
                .help("RFC 9260 section 6.2 allows 500ms at most");
        }
        timers
    }
}

/// The sockets API uses 0 for "unchanged" (RFC 6458 sections 8.1.2, 8.1.3 and 8.1.12).
pub(crate) fn limit(form: &Optional<Small>, problems: &mut Problems<'_>) -> Option<u16> {
    let limit = form.spanned()?;
    if limit.value.0 == 0 {
        problems
            .add(limit.span, "no kernel can be told 0", "this limit")
            .help(
                "the sockets API takes 0 for \"leave it as it is\" (RFC 6458, 8.1): \
                 write 1 or more",
            );
    }
    Some(limit.value.0)
}

fn threshold(form: &Optional<Small>) -> Option<u16> {
    form.get().map(|number| number.0)
}

/// The sockets API has its timers in whole milliseconds (RFC 6458 section 8.1).
fn timer(form: &Optional<Time>, problems: &mut Problems<'_>) -> Option<Duration> {
    let time = form.spanned()?;
    let duration = time.value.0;
    if duration.is_zero() || duration.as_nanos() % 1_000_000 != 0 {
        problems
            .add(
                time.span,
                "a timer counts whole milliseconds, 1 or more",
                "this timer",
            )
            .help("write a time such as `1ms`, `500ms` or `30s`");
    } else if duration.as_millis() > i32::MAX as u128 {
        problems
            .add(
                time.span,
                "a timer has 31 bits of milliseconds",
                "this timer",
            )
            .help("write at most `24d`");
    }
    Some(duration)
}

fn check_order(
    (less, lower): (&str, &Optional<Time>),
    (more, upper): (&str, &Optional<Time>),
    problems: &mut Problems<'_>,
) {
    if let (Some(low), Some(up)) = (lower.spanned(), upper.spanned())
        && low.value.0 > up.value.0
    {
        problems
            .add(
                low.span,
                format!(
                    "`{less}` is more than `{more}`, which is {}",
                    spelled(up.value.0)
                ),
                "too much",
            )
            .help("`min` is at most `initial`, and that is at most `max`");
    }
}
