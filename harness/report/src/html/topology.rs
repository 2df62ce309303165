//! Draws the network of a scenario.

use std::f64::consts::TAU;

use maud::{Markup, html};
use scenario::{Link, Scenario};

const WIDTH: f64 = 760.0;
const NODE_WIDTH: f64 = 110.0;
const NODE_HEIGHT: f64 = 44.0;
/// Distance between links that join the same nodes.
const APART: f64 = 46.0;

/// Draws nodes as boxes, and links as lines with their addresses at both ends.
pub(super) fn draw(scenario: &Scenario) -> Markup {
    let height = height(scenario);
    let places = places(scenario, height);
    let label = format!(
        "{} hosts, joined by {}",
        scenario.nodes.len(),
        joined(scenario)
    );
    let picture = html! {
        svg.topology viewBox=(format!("0 0 {WIDTH} {height:.0}")) role="img" aria-label=(label) {
            @for (number, link) in scenario.links.iter().enumerate() {
                @let ends = [0, 1].map(|end| place(scenario, &places, link, end));
                @let (from, to) = apart(scenario, number, ends);
                g class=(format!("link path-{}", number % 6)) {
                    line x1=(px(from.0)) y1=(px(from.1)) x2=(px(to.0)) y2=(px(to.1)) {}
                    (text(between(from, to, 0.5), -6.0, "name", link.name.as_str()))
                    (text(between(from, to, 0.24), 14.0, "address", &addresses(link, 0)))
                    (text(between(from, to, 0.76), 14.0, "address", &addresses(link, 1)))
                }
            }
            @for (node, (x, y)) in scenario.nodes.iter().zip(&places) {
                g.node {
                    rect x=(px(x - NODE_WIDTH / 2.0)) y=(px(y - NODE_HEIGHT / 2.0))
                        width=(NODE_WIDTH) height=(NODE_HEIGHT) rx="8" {}
                    (text((*x, *y), 5.0, "", node.name.as_str()))
                }
            }
        }
    };
    // Where the page is narrow it moves within itself, and text keeps its size.
    html! { div.map tabindex="0" role="group" aria-label="the network" { (picture) } }
}

fn joined(scenario: &Scenario) -> String {
    let links = scenario.links.iter().map(|link| {
        let [one, other] = &link.ends;
        format!("{} between {} and {}", link.name, one.node, other.node)
    });
    links.collect::<Vec<_>>().join(", ")
}

fn height(scenario: &Scenario) -> f64 {
    match scenario.nodes.len() {
        0..=2 => (APART * scenario.links.len() as f64).max(NODE_HEIGHT) + 30.0,
        _ => 420.0,
    }
}

/// Places two nodes side by side, and more on a circle.
fn places(scenario: &Scenario, height: f64) -> Vec<(f64, f64)> {
    let count = scenario.nodes.len();
    let (middle, radius) = (height / 2.0, height / 2.0 - NODE_HEIGHT);
    let place = |number: usize| match count {
        0..=2 => {
            let edge = NODE_WIDTH / 2.0 + 4.0;
            ([edge, WIDTH - edge][number.min(1)], middle)
        }
        _ => {
            let angle = TAU * (number as f64 / count as f64) + TAU / 2.0;
            let x = WIDTH / 2.0 + (WIDTH / 2.0 - NODE_WIDTH) * angle.cos();
            (x, middle + radius * angle.sin())
        }
    };
    (0..count).map(place).collect()
}

fn place(scenario: &Scenario, places: &[(f64, f64)], link: &Link, end: usize) -> (f64, f64) {
    let mut nodes = scenario.nodes.iter();
    let number = nodes.position(|node| node.name == link.ends[end].node);
    number
        .and_then(|number| places.get(number).copied())
        .unwrap_or_default()
}

/// Moves a link aside where several join the same nodes.
fn apart(
    scenario: &Scenario,
    number: usize,
    [from, to]: [(f64, f64); 2],
) -> ((f64, f64), (f64, f64)) {
    let same = |link: &Link| {
        let nodes = |link: &Link| {
            let mut nodes = link.ends.clone().map(|end| end.node);
            nodes.sort();
            nodes
        };
        nodes(link) == nodes(&scenario.links[number])
    };
    let all = scenario.links.iter().filter(|link| same(link)).count();
    let mine = scenario.links[..number].iter().filter(|link| same(link));
    let aside = APART * (mine.count() as f64 - (all as f64 - 1.0) / 2.0);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (x, y) = (-dy / length * aside, dx / length * aside);
    ((from.0 + x, from.1 + y), (to.0 + x, to.1 + y))
}

fn between(from: (f64, f64), to: (f64, f64), share: f64) -> (f64, f64) {
    (
        from.0 + (to.0 - from.0) * share,
        from.1 + (to.1 - from.1) * share,
    )
}

fn addresses(link: &Link, end: usize) -> String {
    let addresses = link.ends[end].addresses.iter();
    let addresses: Vec<String> = addresses.map(|it| it.addr().to_string()).collect();
    addresses.join(", ")
}

fn text((x, y): (f64, f64), below: f64, class: &str, words: &str) -> Markup {
    html! { text class=(class) x=(px(x)) y=(px(y + below)) text-anchor="middle" { (words) } }
}

fn px(at: f64) -> String {
    format!("{at:.1}")
}
