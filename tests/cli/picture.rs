//! Tests that the README's picture is the ladder of a real run.

use std::fs;
use std::path::PathBuf;

use recording::Engine;
use tests::{Lab, Wanted, lesson, repository};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ALL: &[(&str, Body)] = &[("readme-picture", picture)];

/// From shortly before the cut until the path has failed.
const EXCERPT: [&str; 3] = ["--svg", "--from=9", "--until=100"];

/// Times and HEARTBEATs are others with every build of the lab, so the pictures are not
/// compared. What the picture says that it was drawn from must be right.
fn picture(lab: Lab) -> Result<(), String> {
    let file = file();
    let ran = lab.run(&Wanted::of(&lesson("multihoming-failover"), Engine::Vm))?;
    let mut command = lab.command();
    command.arg("show").arg(&ran.folder).args(EXCERPT);
    let drawn = Answer::of(&mut command)?.exits(0)?.out;
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        return fs::write(&file, drawn).map_err(|error| error.to_string());
    }
    let kept = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    assert_eq!(
        drawn_from(&kept),
        drawn_from(&drawn),
        "the picture is stale: `just generate` draws it anew"
    );
    Ok(())
}

fn file() -> PathBuf {
    repository().join("docs/multihoming-failover.svg")
}

fn drawn_from(picture: &str) -> Option<&str> {
    let (_, rest) = picture.split_once("data-drawn-from=\"")?;
    rest.split_once('"').map(|(digest, _)| digest)
}
