//! The forecast of a set-up without an answer: the time until INIT or COOKIE ECHO is
//! given up.

use super::{Forecast, Gap, TimerKind};
use crate::{InitBackOff, InitCap, Span, Stack, Timing};

/// The chunk of the set-up that is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetUp {
    /// INIT: T1-init.
    Init,
    /// COOKIE ECHO: T1-cookie.
    Cookie,
}

/// The most expiries of T1 that a forecast has: Max.Init.Retransmits has 16 bits.
const MOST: usize = 65_536;

/// Forecasts the time from the first INIT or COOKIE ECHO until the set-up is given up, if
/// the chunk is not answered: T1 runs out Max.Init.Retransmits times and once more (RFC
/// 9260 sections 5.1 and 6.3.3). `addresses` is the number of the peer's addresses, which
/// are tried in turn.
#[must_use]
pub fn init(stack: &Stack, chunk: SetUp, addresses: usize, timing: &Timing) -> Forecast {
    let expiries = (usize::from(timing.max_init_retransmits) + 1).min(MOST);
    let gaps = t1(stack, addresses, timing)
        .take(expiries)
        .zip(1..)
        .map(|(rto, errors)| Gap {
            timer: match chunk {
                SetUp::Init => TimerKind::T1Init,
                SetUp::Cookie => TimerKind::T1Cookie,
            },
            rto,
            interval: stack.expiry(rto),
            errors: Some(errors),
        });
    let rules = vec![
        stack.init_back_off.to_string(),
        stack.init_cap.to_string(),
        stack.lateness.to_string(),
    ];
    Forecast::of(stack, gaps.collect(), rules)
}

/// The lengths of T1, in order.
fn t1(stack: &Stack, addresses: usize, timing: &Timing) -> impl Iterator<Item = Span> {
    let cap = stack.init_cap(timing);
    let round = match stack.init_back_off.is {
        InitBackOff::EachRound => addresses.max(1),
        InitBackOff::EachTime => 1,
    };
    let mut timer = Span::from(timing.rto_initial);
    (0_usize..).map(move |expiry| {
        if expiry > 0 && expiry.is_multiple_of(round) {
            timer = (timer * 2).min(cap);
        }
        timer
    })
}

impl Stack {
    /// The limit of T1's doubling.
    #[must_use]
    pub fn init_cap(&self, timing: &Timing) -> Span {
        let (rto_max, max_init) = (timing.rto_max.into(), timing.max_init_timeout.into());
        match self.init_cap.is {
            InitCap::RtoMax => rto_max,
            InitCap::MaxInitTimeout => max_init,
            InitCap::Both => rto_max.min(max_init),
        }
    }
}
