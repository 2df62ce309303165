//! The section of a run: verdict, lesson and network, and the place where the script
//! draws the ladder.

use maud::{Markup, html};
use oracle::{Judgement, Result};
use recording::Ended;

use super::matrix::title;
use super::traffic::{self, Traffic};
use super::{Run, exercises, prose, topology, turns};
use crate::hosts::Hosts;
use crate::verdict::rules;

/// The section of a run. `alone` says whether the page has no other section.
pub(super) fn section(
    number: usize,
    id: &str,
    run: &Run<'_>,
    all: &[Run<'_>],
    (hosts, traffic, alone): (&Hosts, &Traffic, bool),
) -> Markup {
    let info = &run.recording.info;
    html! {
        section.run id=(id) data-run=(number) aria-labelledby=(format!("{id}-title")) {
            @if !alone { p { a href="#all" { "All runs" } } }
            h1 id=(format!("{id}-title")) { (run.scenario.title) }
            p.where {
                strong { (title(run)) } " · " (info.kernel) " · " (info.engine) " engine · "
                (format!("{:.1} s", info.duration.since_start().as_secs_f64())) " of protocol time"
                @if let Some(seed) = info.seed { " · seed " (seed) }
            }
            @if let Ended::Early { why } = &info.ended { p.bad { "ended early: " (why) } }
            (verdict(run))
            (turns::turns(run, hosts))
            div.overview {}
            div.tsns {}
            div.streams {}
            div.trips {}
            div.ways {}
            details.lesson open[!run.scenario.lesson.is_empty()] {
                summary { "Lesson" }
                div.lesson-body {
                    div {
                        @if let Some(place) = course::place(&run.scenario.name) {
                            p.where { "This is " (place) "." }
                        }
                        (prose::paragraphs(&run.scenario.lesson))
                        (differences(run))
                        @if !run.scenario.rfc.is_empty() {
                            ul.rfc {
                                @for section in &run.scenario.rfc {
                                    li {
                                        a href=(section.url()) rel="noreferrer" { (section) }
                                        @if let Some(title) = section.title() { ", " (title) }
                                    }
                                }
                            }
                        }
                    }
                    (topology::draw(run.scenario))
                }
            }
            details { summary { "Associations" } (traffic::table(traffic, hosts)) }
            (exercises::section(number, run, all))
            div.tools {}
            div.ladder { p.loading { "The ladder is drawn by this page's script." } }
        }
    }
}

/// The differences between RFC and Linux that the lesson shows.
fn differences(run: &Run<'_>) -> Markup {
    html! {
        @for it in &run.scenario.deviates {
            @let rules = it.rules();
            aside.differs {
                strong { "Linux differs" }
                p { (rules.section) ": " (rules.rfc) "." }
                p { "Linux: " (rules.linux) ". " small { (rules.source) } }
            }
        }
    }
}

fn verdict(run: &Run<'_>) -> Markup {
    if let Some(skip) = &run.verdict.skipped {
        return html! { p.unknown { "Skipped: " (skip) } };
    }
    let (class, words) = match (run.good, &run.recording.info.sabotage) {
        (true, None) => ("good", "Passed"),
        (true, Some(_)) => ("good", "Failed as it must, by what the sabotage names"),
        (false, None) => ("bad", "Failed"),
        (false, Some(_)) => ("bad", "Did not fail by what the sabotage names"),
    };
    html! {
        div.wide tabindex="0" role="group" aria-label="the verdict" {
            table.verdict {
                caption class=(class) { (words) }
                thead {
                    tr {
                        th scope="col" { "result" }
                        th scope="col" { "name" }
                        th scope="col" { "wanted, and seen" }
                    }
                }
                tbody { @for it in &run.verdict.judgements { (judgement(it)) } }
            }
        }
    }
}

fn judgement(it: &Judgement) -> Markup {
    let (class, words) = match it.result {
        Result::Passed => ("good", "✓ passed"),
        Result::Failed => ("bad", "✗ failed"),
        Result::NotReached => ("unknown", "– not reached"),
        Result::NotShown => ("unknown", "– not shown"),
    };
    html! {
        tr {
            td class=(class) { (words) }
            th scope="row" { (it.name) }
            td {
                (it.wanted)
                div.seen { (it.seen) }
                @if !it.rules.is_empty() { div.rules { "rules: " (rules(it)) } }
                @if let Some(cause) = &it.cause { div.cause { "likely cause: " (cause) } }
            }
        }
    }
}
