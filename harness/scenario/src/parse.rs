//! Parses a scenario: reads its YAML, settles its parameters, and checks all its parts.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use document::FileError;

use crate::assertion::{Assertion, check_assertions, name_all};
use crate::check::{Names, Position, Story, Unreadable, World, check_limit};
use crate::diagnostic::{Diagnostic, Problems, Span};
use crate::endpoint::check_endpoints;
use crate::exercise::check_exercises;
use crate::file::File;
use crate::genre::SCENARIO;
use crate::known_failure::check_known_failure;
use crate::measure::check_measures;
use crate::model::Capability;
use crate::network::{check_links, check_nodes, check_routes};
use crate::parameter::{self, Parameter, Template, UnknownParameter};
use crate::read::{List, Read};
use crate::sabotage::{check_reached, check_sabotage};
use crate::scenario::Scenario;
use crate::step::{check_steps, name_steps};
use crate::value::Name;
use crate::yaml;

/// Greatest protocol time of a run whose scenario has no `limit`.
const DEFAULT_LIMIT: Duration = Duration::from_secs(3600);

/// Reads and checks the scenario in a file, and returns the file's text, too. The scenario
/// has the file's name without its ending.
///
/// # Errors
/// Where the file cannot be read, or is not a scenario.
pub fn parse_file(path: &Path) -> Result<(Scenario, String), FileError> {
    parse_file_with(path, &BTreeMap::new())
}

/// Reads and checks the scenario in a file with these values for its parameters. The
/// returned text has the values, too.
///
/// # Errors
/// Where the file cannot be read, is not a scenario, or has no parameter of one of these
/// names.
pub fn parse_file_with(
    path: &Path,
    chosen: &BTreeMap<String, String>,
) -> Result<(Scenario, String), FileError> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut used = None;
    let read = document::read_file(path, |source| {
        let (parsed, text) = parse_with(&name, source, chosen);
        used = Some(text);
        parsed
    });
    match (read, used) {
        (Ok((scenario, _)), Some(text)) => Ok((scenario, text)),
        // The places are those in the text that was parsed.
        (
            Err(FileError::Wrong {
                path, diagnostics, ..
            }),
            Some(source_text),
        ) => Err(FileError::Wrong {
            path,
            source_text,
            diagnostics,
        }),
        (read, _) => read,
    }
}

/// Puts these values of parameters into a text, and returns the result of [`parse`] and the
/// text with the values.
pub fn parse_with(
    name: &str,
    source: &str,
    chosen: &BTreeMap<String, String>,
) -> (Result<Scenario, Vec<Diagnostic>>, String) {
    if chosen.is_empty() {
        return (parse(name, source), source.to_owned());
    }
    let set = Template::of(source).and_then(|template| {
        let set = template.with(chosen);
        set.map_err(|error| of_setting(&error, source))
    });
    match set {
        Ok(text) => {
            let parsed = parse(name, &text).and_then(|scenario| {
                let said = scenario.captured().find(|it| chosen.contains_key(*it));
                said.map_or(Ok(()), |name| Err(of_captured(name, &text)))?;
                Ok(scenario)
            });
            (parsed, text)
        }
        Err(mistakes) => (Err(mistakes), source.to_owned()),
    }
}

/// Puts the values of parameters that came from a program's output into a text, and returns
/// the scenario and the text with the values.
///
/// # Errors
/// All mistakes of the text with these values. There is at least one.
pub fn parse_captured(
    name: &str,
    source: &str,
    captured: &BTreeMap<String, String>,
) -> Result<(Scenario, String), Vec<Diagnostic>> {
    let set = Template::of(source)?.with(captured);
    let text = set.map_err(|error| of_setting(&error, source))?;
    Ok((parse(name, &text)?, text))
}

fn of_captured(name: &str, source: &str) -> Vec<Diagnostic> {
    let mut problems = Problems::new(source);
    let message = format!("a program says what `{name}` is: nobody else can");
    problems.add(Span::default(), message, "in this file");
    problems.sorted()
}

fn of_setting(error: &UnknownParameter, source: &str) -> Vec<Diagnostic> {
    let mut problems = Problems::new(source);
    problems.add(Span::default(), error.to_string(), "in this file");
    problems.sorted()
}

/// Reads and checks a scenario. `name` is the name of its file without the ending.
///
/// # Errors
/// All mistakes of the scenario, in the order of the source. There is at least one.
pub fn parse(name: &str, source: &str) -> Result<Scenario, Vec<Diagnostic>> {
    let mut problems = Problems::new(source);
    check_name(name, &mut problems);
    let scenario = read(source, &mut problems).and_then(|file| check(name, &file, &mut problems));
    match scenario {
        Some(scenario) if problems.is_empty() => Ok(scenario),
        _ => Err(problems.sorted()),
    }
}

/// Checks the scenario's name like the names inside it: it is also the name of the folder
/// of its recording, and of its interface in Wireshark.
fn check_name(name: &str, problems: &mut Problems<'_>) {
    if let Some((message, help)) = Name::fault(name) {
        problems
            .add(Span::default(), message, "the file is called so")
            .help(format!("rename the file: {help}"));
    }
}

fn read(source: &str, problems: &mut Problems<'_>) -> Option<File> {
    let mut tree = yaml::load(source, &SCENARIO, problems)?;
    parameter::check_captured(&tree, problems);
    parameter::settle(&mut tree, problems);
    File::read(&tree, problems)
}

fn check(name: &str, file: &File, problems: &mut Problems<'_>) -> Option<Scenario> {
    let world = check_world(file, problems);
    let no_steps = List::default();
    let no_assertions = List::default();
    let no_measures = List::default();
    let no_sabotages = List::default();
    let step_forms = file.steps.get().unwrap_or(&no_steps);
    let assertion_forms = file.assert.get().unwrap_or(&no_assertions);
    let measure_forms = file.measure.get().unwrap_or(&no_measures);
    let sabotage_forms = file.sabotage.get().unwrap_or(&no_sabotages);

    let mut names = Names::default();
    let step_names = name_steps(step_forms, &mut names, position, problems);
    let assertion_names = name_all(assertion_forms, &mut names, problems);
    let measure_names = name_all(measure_forms, &mut names, problems);
    let checked = check_steps(
        step_forms,
        &step_names,
        position,
        (&world, &names, Story::default()),
        |step| {
            let mut sabotages = sabotage_forms.items.iter();
            sabotages.any(|form| form.value.touches(step.as_str()))
        },
        problems,
    );
    let limit = file.limit.spanned();
    let limit_span = limit.map_or(Span::default(), |limit| limit.span);
    let limit = limit.map_or(DEFAULT_LIMIT, |limit| limit.value.0);
    check_limit(limit, limit_span, &checked.story, problems);
    let assertions = check_assertions(
        assertion_forms,
        &assertion_names,
        (&world, &names, checked.story.clone()),
        problems,
    );
    let measures = check_measures(
        measure_forms,
        &measure_names,
        (&world, &names, checked.story),
        problems,
    );
    let sabotages: Vec<_> = sabotage_forms
        .items
        .iter()
        .filter_map(|form| {
            let sabotage = check_sabotage(form, (&world, &names), &checked.around, problems)?;
            check_reached(form, &sabotage, &assertions, problems);
            Some(sabotage)
        })
        .collect();
    let known_failures = file.known_failures.get().map_or_else(Vec::new, |forms| {
        let forms = forms.items.iter();
        forms
            .filter_map(|form| check_known_failure(form, &names, &sabotages, problems))
            .collect()
    });
    let exercises = file.exercises.get().map_or_else(Vec::new, |forms| {
        let sabotages = (sabotages.as_slice(), sabotage_forms.items.len());
        check_exercises(forms, &world, sabotages, problems)
    });
    let expects = checked.steps.iter().any(|step| step.action.expects());
    if !expects && assertions.is_empty() && problems.is_empty() {
        problems
            .add(
                Span::default(),
                "this scenario can only pass",
                "nothing is expected",
            )
            .help("add an `expect` step or an assertion under `assert`");
    }
    Some(Scenario {
        name: name.to_owned(),
        title: file.title.get()?.0.clone(),
        rfc: file.rfc.get().map_or_else(Vec::new, |sections| {
            let sections = sections.0.items.iter();
            sections.map(|section| section.value.0.clone()).collect()
        }),
        deviates: file.deviates.get().map_or_else(Vec::new, |names| {
            let names = names.0.items.iter();
            names.map(|rule| rule.value.0).collect()
        }),
        needs: needs(file, &assertions),
        lesson: file
            .lesson
            .get()
            .map_or_else(String::new, |text| text.0.clone()),
        limit,
        nodes: world.nodes,
        links: world.links,
        peers: world
            .endpoints
            .iter()
            .filter_map(|known| known.peer.clone())
            .collect(),
        programs: world
            .endpoints
            .iter()
            .filter_map(|known| known.program.clone())
            .collect(),
        endpoints: world
            .endpoints
            .into_iter()
            .filter_map(|known| known.endpoint)
            .collect(),
        steps: checked.steps,
        parameters: parameters_of(file),
        assertions,
        measures,
        sabotages,
        known_failures,
        exercises,
    })
}

/// The capabilities under `needs`, and those that the assertions need.
fn needs(file: &File, assertions: &[Assertion]) -> Vec<Capability> {
    let said = file.needs.get().into_iter().flat_map(|it| &it.0.items);
    let mut needs: Vec<_> = said.map(|it| it.value.0).collect();
    for implied in assertions.iter().filter_map(|it| it.check.needs()) {
        if !needs.contains(&implied) {
            needs.push(implied);
        }
    }
    needs
}

/// The position of a step. Between the positions of two steps, one is left for the steps of
/// a sabotage.
fn position(index: usize) -> Position {
    (2 * index + 1, 0)
}

fn check_world(file: &File, problems: &mut Problems<'_>) -> World {
    let mut world = World {
        unreadable: Unreadable {
            nodes: file.nodes.get().is_none_or(|nodes| nodes.broken),
            links: file.links.get().is_none(),
            endpoints: file.endpoints.get().is_none(),
        },
        complete: file.links.get().is_some(),
        ..World::default()
    };
    if let Some(nodes) = file.nodes.get() {
        world.nodes = check_nodes(nodes, problems);
        world.complete &= !nodes.broken;
    }
    if let Some(links) = file.links.get() {
        check_links(links, &mut world, problems);
    }
    if let Some(nodes) = file.nodes.get() {
        check_routes(nodes, &mut world, problems);
    }
    if let Some(endpoints) = file.endpoints.get() {
        check_endpoints(endpoints, &mut world, problems);
    }
    world
}

/// The valid parameters of a file.
fn parameters_of(file: &File) -> Vec<Parameter> {
    let declared = file.parameters.get().map_or(&[][..], |map| &map.0);
    declared
        .iter()
        .filter_map(|(name, values)| {
            Some(Parameter {
                name: name.value.0.clone(),
                values: values.as_ref()?.0.clone(),
            })
        })
        .collect()
}
