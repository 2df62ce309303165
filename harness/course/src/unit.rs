use std::fmt;

use crate::UNITS;

/// Lessons on one subject, which follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What other units call it.
    pub name: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// Whom it is for.
    pub level: Level,
    /// The units to know before.
    pub before: &'static [&'static str],
    /// What a learner can do afterwards.
    pub goal: &'static str,
    /// The names of its scenarios, in order.
    pub lessons: &'static [&'static str],
}

/// Whom a unit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Who knows TCP sockets and no SCTP.
    Beginner,
    /// Who builds or runs something on SCTP.
    Practitioner,
    /// Who wants the extensions and the corners of the protocol.
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

/// To read a lesson, to run it, and to make the change that it ends with.
const MINUTES_A_LESSON: usize = 8;

impl Unit {
    /// About how long it takes.
    #[must_use]
    pub fn minutes(&self) -> usize {
        self.lessons.len() * MINUTES_A_LESSON
    }
}

/// Where in the course a scenario stands. Places are in the order of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The number of its unit, from 0.
    pub unit: usize,
    /// Its number in the unit, from 0.
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

/// The place of a scenario by its name; one of a reader's own has none.
#[must_use]
pub fn place(name: &str) -> Option<Place> {
    let mut units = UNITS.iter().enumerate();
    units.find_map(|(unit, it)| {
        let lesson = it.lessons.iter().position(|lesson| *lesson == name)?;
        Some(Place { unit, lesson })
    })
}

/// What to sort scenarios by: those of the course in its order, all others behind.
#[must_use]
pub fn rank(name: &str) -> (bool, Option<Place>) {
    let place = place(name);
    (place.is_none(), place)
}

/// What comes after a scenario of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next lesson of its unit.
    Lesson(&'static str),
    /// The next unit, which begins with this lesson.
    Unit(usize, &'static str),
    /// Nothing: it was the last one.
    End,
}

/// What comes after a scenario, if it is of the course.
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
