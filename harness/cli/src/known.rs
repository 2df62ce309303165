//! The hosts and paths of a capture, found before the capture is drawn.

use std::cell::RefCell;
use std::path::PathBuf;

use recording::Interface;
use report::{Clock, Gutter, Host, Hosts, Line, Setting};
use trace::{Capture, CaptureError, Packets, Survey, Together};

use crate::args::ClockChoice;

/// The hosts and paths of a capture.
pub(crate) enum Known {
    /// The interfaces in a capture of the lab.
    OfTheLab(Vec<Interface>),
    /// The survey of a capture from elsewhere.
    Surveyed(Box<Survey>),
    /// The survey of several captures.
    Together(Box<Together>),
}

impl Known {
    /// Surveys a capture, unless the lab wrote it.
    pub(crate) fn of(capture: Capture) -> Result<Self, CaptureError> {
        Ok(match capture.of_the_lab().map(<[_]>::to_vec) {
            Some(interfaces) => Self::OfTheLab(interfaces),
            None => Self::Surveyed(Box::new(Survey::of(capture)?)),
        })
    }

    /// Surveys one capture or several.
    pub(crate) fn of_all(files: &[PathBuf]) -> Result<Self, CaptureError> {
        match files {
            [only] => Self::of(trace::open(only)?),
            _ => Ok(Self::Together(Box::new(Together::of(files)?))),
        }
    }

    /// The packets of the same capture, in the form of ladders.
    pub(crate) fn packets(&self, capture: Capture) -> Packets {
        match self {
            Self::OfTheLab(_) => capture.packets(),
            Self::Surveyed(survey) => capture.placed(survey),
            Self::Together(all) => capture.placed(&all.survey),
        }
    }

    /// The lines of the ladder, all or folded, up to a damage of the captures, which is
    /// left in `damage`. Each call reads the files once more.
    pub(crate) fn lines<'a>(
        &self,
        files: &[PathBuf],
        hosts: &'a Hosts,
        damage: &'a RefCell<Option<CaptureError>>,
        full: bool,
    ) -> Result<Box<dyn Iterator<Item = Line> + 'a>, CaptureError> {
        let setting = self.setting();
        match (self, files) {
            (Self::Together(all), _) => {
                // The other captures continue if one is damaged.
                let packets = all.packets()?.filter_map(|packet| {
                    let kept = packet.map_err(|error| damage.replace(Some(error)));
                    kept.ok()
                });
                Ok(report::lines(hosts, setting, packets, [], full))
            }
            (_, []) => Ok(Box::new(std::iter::empty())),
            (_, [file, ..]) => {
                let packets = self.packets(trace::open(file)?).up_to(damage);
                Ok(report::lines(hosts, setting, packets, [], full))
            }
        }
    }

    /// The survey, if the lab did not write the capture.
    pub(crate) fn survey(&self) -> Option<&Survey> {
        match self {
            Self::OfTheLab(_) => None,
            Self::Surveyed(survey) => Some(survey),
            Self::Together(all) => Some(&all.survey),
        }
    }

    pub(crate) fn setting(&self) -> Setting {
        match self {
            Self::OfTheLab(_) => Setting::of_the_lab(),
            Self::Surveyed(_) | Self::Together(_) => Setting::default(),
        }
    }

    /// The start of the capture, in nanoseconds since 1970 in UTC.
    pub(crate) fn start_ns(&self) -> Option<u64> {
        self.survey().map(|it| it.start_ns)
    }

    pub(crate) fn gutter(&self, time: ClockChoice) -> Gutter {
        let Some(survey) = self.survey() else {
            return Gutter::default();
        };
        let of_file = match self {
            Self::Together(all) => all.files().len().to_string().len(),
            _ => 0,
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
            of_file,
        }
    }

    pub(crate) fn hosts(&self) -> Hosts {
        let links = |survey: &Survey| {
            let links = survey.paths.iter().map(|path| {
                let ends = path.ends.map(|(_, host)| Host(host));
                (path.name.clone(), ends)
            });
            links.collect()
        };
        match self {
            Self::OfTheLab(interfaces) => Hosts::of(interfaces),
            Self::Surveyed(survey) => Hosts::between(survey.host_names(), links(survey)),
            Self::Together(all) => Hosts::beside(all.survey.host_names(), links(&all.survey)),
        }
    }
}
