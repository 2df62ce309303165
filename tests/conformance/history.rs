//! Tests the scenarios of fixed Linux bugs: each passes on today's kernels, can fail, and
//! is described on its page.

use libtest_mimic::Trial;
use tests::{Lab, Need, lessons_in, repository};

use crate::{can_fail, of_case};

pub(crate) fn all(lab: Lab, vm: &Need) -> Vec<Trial> {
    let stories = lessons_in("history");
    let names: Vec<String> = stories.iter().map(|it| it.name.clone()).collect();
    let mut trials = vec![trials::test("history::the-page-tells-of-all", move || {
        Ok(the_page_tells_of(&names)?)
    })];
    for story in stories {
        trials.push(can_fail(&story));
        trials.extend(of_case(lab, &story, vm));
    }
    trials
}

/// `docs/history.md` has a row for each scenario.
fn the_page_tells_of(names: &[String]) -> Result<(), String> {
    let page = repository().join("docs/history.md");
    let page = std::fs::read_to_string(page).map_err(|error| error.to_string())?;
    let is_missing = |name: &&String| !page.contains(&format!("[{name}](../history/{name}.yaml)"));
    match names.iter().filter(is_missing).collect::<Vec<_>>() {
        none if none.is_empty() => Ok(()),
        missing => Err(format!("docs/history.md has no row for {missing:?}")),
    }
}
