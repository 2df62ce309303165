//! The page of the course has every scenario, and no other.

use std::collections::BTreeSet;
use std::fs;

use tests::{Lab, course, repository};

use crate::Body;

pub(crate) const ALL: &[(&str, Body)] = &[("course-page", every_scenario_is_on_it)];

fn every_scenario_is_on_it(_lab: Lab) -> Result<(), String> {
    let page = fs::read_to_string(repository().join("docs/course.md"));
    let page = page.map_err(|error| format!("docs/course.md: {error}"))?;
    let linked: BTreeSet<&str> = page
        .split("](../scenarios/")
        .skip(1)
        .filter_map(|link| link.split_once(".yaml)"))
        .map(|(name, _)| name)
        .collect();
    let lessons = course();
    let there: BTreeSet<&str> = lessons.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(linked, there);
    Ok(())
}
