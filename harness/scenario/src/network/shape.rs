//! The shape of a link in one direction: delay, jitter, loss and rate.

use crate::diagnostic::Problems;
use crate::model::Shape;
use crate::read::{Optional, record};
use crate::value::{Percent, Rate, Time};

record! {
    /// Effects of a link on frames in one direction.
    struct ShapeForm = "{delay: 10ms, loss: 1%}" {
        optional {
            /// Delay of every frame.
            delay: Time,
            /// Greatest deviation from the delay, uniformly distributed.
            jitter: Time,
            /// Frames lost at random, in percent.
            loss: Percent,
            /// Bits per second.
            rate: Rate,
        }
    }
}

impl ShapeForm {
    /// The shape; values that are left out come from `base`.
    pub(crate) fn check(&self, base: &Shape, problems: &mut Problems<'_>) -> Shape {
        check_shape(
            (&self.delay, &self.jitter, &self.loss, &self.rate),
            base,
            problems,
        )
    }
}

type Fields<'f> = (
    &'f Optional<Time>,
    &'f Optional<Time>,
    &'f Optional<Percent>,
    &'f Optional<Rate>,
);

/// The shape of these settings; values that are left out come from `base`.
pub(crate) fn check_shape(
    (delay, jitter, loss, rate): Fields<'_>,
    base: &Shape,
    problems: &mut Problems<'_>,
) -> Shape {
    let shape = Shape {
        delay: delay.get().map_or(base.delay, |delay| delay.0),
        jitter: jitter.get().map_or(base.jitter, |jitter| jitter.0),
        loss: loss.get().map_or(base.loss, |loss| loss.0),
        rate: rate.get().map(|rate| rate.0).or(base.rate),
    };
    // A frame cannot arrive before it is sent.
    let is_known = !matches!(delay, Optional::Broken);
    if let Some(span) = jitter.span().or(delay.span())
        && is_known
        && shape.jitter > shape.delay
    {
        problems
            .add(span, "the jitter is more than the delay", "here")
            .help("frames vary by the jitter around the delay; raise the delay");
    }
    shape
}
