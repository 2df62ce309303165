//! Reads the file of a profile, and the name of a profile in a scenario.

use std::borrow::Cow;

use super::TimersForm;
use super::profile::{FILES, Profile};
use crate::diagnostic::{Diagnostic, Problems};
use crate::read::{Choice, Read, record};
use crate::value::Text;
use crate::yaml::{self, Genre};

const GENRE: Genre = Genre {
    one: "profile",
    many: "profiles",
    beginning: "write `title: …`, `source: …` and `timers: {rto: {min: 100ms}}`",
    largest: 64 * 1024,
};

record! {
    /// Timers that get a name.
    struct ProfileFile = "{title: …, source: …, timers: {rto: {min: 100ms}}}" {
        required {
            /// Whose timers these are.
            title: Text,
            /// Where they are written.
            source: Text,
            /// The timers.
            timers: TimersForm,
        }
        optional {
            /// What else there is to know.
            note: Text,
        }
    }
}

/// Reads a profile from the text of its file.
pub(super) fn read(name: &'static str, text: &str) -> Result<Profile, Vec<Diagnostic>> {
    let mut problems = Problems::new(text);
    let file = yaml::load(text, &GENRE, &mut problems)
        .and_then(|root| ProfileFile::read(&root, &mut problems));
    let profile = file.and_then(|file| {
        let timers = file.timers.spanned()?;
        if !timers.value.profile.is_absent() {
            problems.add(timers.span, "a profile says all of its timers", "in here");
        }
        Some(Profile {
            name,
            title: file.title.get()?.0.clone(),
            source: file.source.get()?.0.clone(),
            note: file.note.get().map(|it| it.0.clone()),
            timers: timers.value.own(&mut problems),
        })
    });
    match profile {
        Some(profile) if problems.is_empty() => Ok(profile),
        _ => Err(problems.sorted()),
    }
}

/// The name of a profile, in a scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProfileName(&'static str);

impl ProfileName {
    pub(crate) fn profile(self) -> Option<&'static Profile> {
        Profile::named(self.0)
    }
}

impl Choice for ProfileName {
    const WHAT: &'static str = "a profile";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        let names = FILES.iter();
        names
            .map(|(name, _)| ((*name).into(), Self(name)))
            .collect()
    }
}
