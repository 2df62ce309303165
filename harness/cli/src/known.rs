//! What is known of a capture before it is drawn.

use recording::Interface;
use report::{Clock, Gutter, Host, Hosts, Setting};
use trace::{Capture, CaptureError, Packets, Survey};

use crate::args::ClockChoice;

/// What is known of a capture before its packets are shown.
pub(crate) enum Known {
    /// Its interfaces: the lab wrote it.
    OfTheLab(Vec<Interface>),
    /// What was found out.
    Surveyed(Box<Survey>),
}

impl Known {
    /// Goes through a capture, if the lab did not write it.
    pub(crate) fn of(capture: Capture) -> Result<Self, CaptureError> {
        Ok(match capture.of_the_lab().map(<[_]>::to_vec) {
            Some(interfaces) => Self::OfTheLab(interfaces),
            None => Self::Surveyed(Box::new(Survey::of(capture)?)),
        })
    }

    /// The packets of the same capture, as a ladder takes them.
    pub(crate) fn packets(&self, capture: Capture) -> Packets {
        match self {
            Self::OfTheLab(_) => capture.packets(),
            Self::Surveyed(survey) => capture.placed(survey),
        }
    }

    pub(crate) fn setting(&self) -> Setting {
        match self {
            Self::OfTheLab(_) => Setting::of_the_lab(),
            Self::Surveyed(_) => Setting::default(),
        }
    }

    /// When it began, in nanoseconds since 1970 in UTC.
    pub(crate) fn start_ns(&self) -> Option<u64> {
        match self {
            Self::OfTheLab(_) => None,
            Self::Surveyed(survey) => Some(survey.start_ns),
        }
    }

    pub(crate) fn gutter(&self, time: ClockChoice) -> Gutter {
        let Self::Surveyed(survey) = self else {
            return Gutter::default();
        };
        let clock = match time {
            ClockChoice::Start => Clock::FromStart,
            ClockChoice::Day => Clock::OfDay {
                start_ns: survey.start_ns,
            },
        };
        Gutter {
            clock,
            digits: survey.counts.packets.to_string().len(),
        }
    }

    pub(crate) fn hosts(&self) -> Hosts {
        match self {
            Self::OfTheLab(interfaces) => Hosts::of(interfaces),
            Self::Surveyed(survey) => {
                let links = survey.paths.iter().map(|path| {
                    let ends = path.ends.map(|(_, host)| Host(host));
                    (path.name.clone(), ends)
                });
                Hosts::between(survey.host_names(), links.collect())
            }
        }
    }
}
