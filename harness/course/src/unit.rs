//! Units of the course, and the place of a scenario among them.

use std::fmt;

use crate::UNITS;

/// A unit: lessons on one subject, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Name by which other units refer to the unit.
    pub name: &'static str,
    /// Subject of the unit.
    pub title: &'static str,
    /// Readers of the unit.
    pub level: Level,
    /// Names of the units that must be learnt before this one.
    pub before: &'static [&'static str],
    /// What a learner can do after the unit.
    pub goal: &'static str,
    /// Names of the unit's scenarios, in order.
    pub lessons: &'static [&'static str],
}

/// The readers that a unit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Readers who know TCP sockets and no SCTP.
    Beginner,
    /// Readers who build or run something on SCTP.
    Practitioner,
    /// Readers who want the extensions and the corners of the protocol.
    Expert,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Beginner => "beginner",
            Level::Practitioner => "practitioner",
            Level::Expert => "expert",
        })
    }
}

/// Time to read a lesson, to run it, and to make the change at its end.
const MINUTES_A_LESSON: usize = 8;

impl Unit {
    /// Approximate duration of the unit.
    #[must_use]
    pub fn minutes(&self) -> usize {
        self.lessons.len() * MINUTES_A_LESSON
    }
}

/// The place of a scenario in the course. Places sort in the order of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the unit, from 0.
    pub unit: usize,
    /// Index in the unit, from 0.
    pub lesson: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = &UNITS[self.unit];
        let (lesson, of) = (self.lesson + 1, unit.lessons.len());
        let (number, title, level) = (self.unit + 1, unit.title, unit.level);
        write!(
            f,
            "lesson {lesson} of {of} in unit {number}, {title} ({level})"
        )
    }
}

/// The place of a scenario by its name; `None` for a scenario outside the course.
#[must_use]
pub fn place(name: &str) -> Option<Place> {
    let mut units = UNITS.iter().enumerate();
    units.find_map(|(unit, it)| {
        let lesson = it.lessons.iter().position(|lesson| *lesson == name)?;
        Some(Place { unit, lesson })
    })
}

/// The sort key of scenarios: those of the course in its order, then all others.
#[must_use]
pub fn rank(name: &str) -> (bool, Option<Place>) {
    let place = place(name);
    (place.is_none(), place)
}

/// What follows a scenario in the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next lesson of the unit.
    Lesson(&'static str),
    /// The next unit, and its first lesson.
    Unit(usize, &'static str),
    /// The end of the course.
    End,
}

/// What follows a scenario, if it belongs to the course.
#[must_use]
pub fn next(name: &str) -> Option<Next> {
    let place = place(name)?;
    if let Some(lesson) = UNITS[place.unit].lessons.get(place.lesson + 1) {
        return Some(Next::Lesson(lesson));
    }
    let unit = place.unit + 1;
    let begins = UNITS.get(unit).and_then(|it| it.lessons.first());
    Some(begins.map_or(Next::End, |lesson| Next::Unit(unit, lesson)))
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Next::Lesson(name) => write!(f, "Next: sctp-lab explain {name}"),
            Next::Unit(unit, name) => write!(
                f,
                "This was the last lesson of unit {unit}. Unit {} is about: {}.
                 Next: sctp-lab explain {name}",
                unit + 1,
                UNITS[*unit].title,
            ),
            Next::End => f.write_str("This was the last lesson of the course."),
        }
    }
}
