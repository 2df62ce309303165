use crate::diagnostic::Problems;
use crate::model::Shape;
use crate::read::{Optional, record};
use crate::value::{Percent, Rate, Time};

record! {
    /// How one direction of a link treats frames.
    struct ShapeForm = "{delay: 10ms, loss: 1%}" {
        optional {
            /// Added to every frame.
            delay: Time,
            /// Up to this much more or less delay, evenly spread.
            jitter: Time,
            /// Frames lost at random, in percent.
            loss: Percent,
            /// The most bits a second.
            rate: Rate,
        }
    }
}

impl ShapeForm {
    /// The shape; what is not said here is as in `base`.
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

/// The shape of those settings; what is not said is as in `base`.
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
    // A frame cannot arrive before it was sent.
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
