//! The chart of a number over one parameter, as SVG.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Axis, Pages, escape, linked, others, short};
use crate::summary::{Spread, Summary};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 40.0;

/// The colours of the lines, which colour-blind people can tell apart (Okabe and Ito).
const COLOURS: [&str; 8] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#999999", "#f0e442",
];

/// A chart with the axis along the bottom, and one line for each combination of the other
/// parameters.
pub(super) fn svg(summary: &Summary, axis: &Axis, number: &str, pages: &Pages<'_>) -> String {
    let varied = summary.varied();
    let mut lines: BTreeMap<String, Vec<(f64, Spread)>> = BTreeMap::new();
    for point in &summary.points {
        if let (Some(spread), Some(value)) =
            (point.numbers.get(number), point.parameters.get(&axis.name))
        {
            let line = others(point, &varied, &axis.name);
            lines
                .entry(line)
                .or_default()
                .push((axis.place(value), *spread));
        }
    }
    let all = lines.values().flatten();
    let most = all.map(|(_, spread)| spread.p95.value).fold(0.0, f64::max);
    let most = if most > 0.0 { most } else { 1.0 };

    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{} over {}\">\n",
        escape(number),
        escape(&axis.name)
    );
    draw_grid(&mut svg, axis, most);
    for (index, (name, line)) in lines.iter().enumerate() {
        draw_line(&mut svg, index, (name, line), most, pages);
    }
    svg.push_str("</svg>\n");
    svg
}

fn x(place: f64) -> f64 {
    LEFT + place * (WIDTH - LEFT - RIGHT)
}

fn y(value: f64, most: f64) -> f64 {
    HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM)
}

fn draw_grid(svg: &mut String, axis: &Axis, most: f64) {
    for step in 0..=4 {
        let value = most * f64::from(step) / 4.0;
        let (at, right) = (y(value, most), x(1.0));
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 6.0,
            at + 4.0,
            short(value)
        );
    }
    // At most ten values have room for their text.
    let each = axis.values.len().div_ceil(10).max(1);
    for value in axis.values.iter().step_by(each) {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            x(axis.place(value)),
            HEIGHT - BOTTOM + 16.0,
            escape(value)
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
        x(0.5),
        HEIGHT - 6.0,
        escape(&axis.name)
    );
}

fn draw_line(
    svg: &mut String,
    index: usize,
    (name, line): (&str, &[(f64, Spread)]),
    most: f64,
    pages: &Pages<'_>,
) {
    let colour = COLOURS[index % COLOURS.len()];
    let at = |place: f64, value: f64| format!("{:.1},{:.1}", x(place), y(value, most));
    let upper = line.iter().map(|(place, it)| at(*place, it.p95.value));
    let lower = line.iter().rev().map(|(place, it)| at(*place, it.least));
    let band: Vec<String> = upper.chain(lower).collect();
    let median: Vec<String> = line
        .iter()
        .map(|(place, it)| at(*place, it.median.value))
        .collect();
    let _ = writeln!(
        svg,
        "<polygon points=\"{}\" fill=\"{colour}\" opacity=\"0.15\"/>\
         <polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
        band.join(" "),
        median.join(" ")
    );
    for (place, it) in line {
        let numbers = format!(
            "{name}: median {}, 95 % {}, most {}, of {} runs",
            short(it.median.value),
            short(it.p95.value),
            short(it.most.value),
            it.count
        );
        let ring = format!("r=\"3\" fill=\"none\" stroke=\"{colour}\" pointer-events=\"all\"");
        let dot = format!("r=\"3\" fill=\"{colour}\"");
        for (seen, look) in [(it.p95, ring), (it.median, dot)] {
            let page = (pages.of)(seen.row);
            let circle = format!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" {look}><title>{}\n{}: {}</title></circle>",
                x(*place),
                y(seen.value, most),
                escape(&numbers),
                short(seen.value),
                escape(&page.again)
            );
            let _ = writeln!(svg, "{}", linked(&page, &circle));
        }
    }
    let row = TOP + 14.0 * index as f64 + 8.0;
    // The only line of a chart needs no name. Below the chart there is no room for names.
    if !name.is_empty() && row < HEIGHT - BOTTOM {
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"10\" height=\"10\" fill=\"{colour}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            x(1.0) + 12.0,
            row - 8.0,
            x(1.0) + 26.0,
            row + 1.0,
            escape(name)
        );
    }
}
