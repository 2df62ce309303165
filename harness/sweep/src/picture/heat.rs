//! The heat map of a number.

use std::fmt::Write;

use super::{Axis, Pages, escape, linked, short};
use crate::summary::Summary;

/// A table of a number's 95th percentile over two parameters; `None` unless exactly two
/// parameters vary.
pub(super) fn table(summary: &Summary, number: &str, pages: &Pages<'_>) -> Option<String> {
    let [across, down] = summary.varied()[..] else {
        return None;
    };
    let (across, down) = (Axis::along(summary, across), Axis::along(summary, down));
    let value = |column: &str, row: &str| {
        let point = summary.points.iter().find(|point| {
            let is =
                |name: &str, value: &str| point.parameters.get(name).is_some_and(|it| it == value);
            is(&across.name, column) && is(&down.name, row)
        });
        point.and_then(|point| Some(point.numbers.get(number)?.p95))
    };
    let all = summary
        .points
        .iter()
        .filter_map(|it| it.numbers.get(number));
    let most = all.map(|it| it.p95.value).fold(0.0, f64::max);

    // Writing to a String cannot fail.
    let mut html = format!(
        "<table><caption>95 of 100 runs: {} down, {} across</caption><tr><th></th>",
        escape(&down.name),
        escape(&across.name)
    );
    for column in &across.values {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escape(column));
    }
    html.push_str("</tr>\n");
    for row in &down.values {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escape(row));
        for column in &across.values {
            let Some(seen) = value(column, row) else {
                html.push_str("<td>–</td>");
                continue;
            };
            let share = if most > 0.0 { seen.value / most } else { 0.0 };
            let _ = write!(
                html,
                "<td style=\"background:rgba(213,94,0,{:.2})\">{}</td>",
                share * 0.6,
                linked(&(pages.of)(seen.row), &short(seen.value))
            );
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</table>\n");
    Some(html)
}
