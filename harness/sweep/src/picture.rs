//! A page with pictures of the numbers of a sweep over its parameters.

mod axis;
mod chart;
mod heat;

use std::fmt::Write;

use crate::summary::{Point, Summary};
use axis::Axis;

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
svg{max-width:100%;height:auto}\
svg text{font-size:11px;fill:currentColor}\
svg .grid{stroke:currentColor;opacity:.15}\
svg a circle{stroke:currentColor;stroke-width:1.5}\
svg a:hover circle,svg a:focus circle{stroke-width:3}\
table{border-collapse:collapse}\
td,th{padding:.2rem .6rem;text-align:right;font-variant-numeric:tabular-nums}\
td{border:1px solid #8884}\
code{white-space:nowrap}\
figure{margin:1.5rem 0}figcaption{opacity:.8}";

/// The page of one run, and the way to run the cell again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The page of the recording, relative to the picture; `None` where no recording was
    /// kept.
    pub link: Option<String>,
    /// The arguments that run the cell again, such as `--set loss=1% --set seed=7`.
    pub again: String,
}

/// The pages of a sweep's runs, and the runs that failed.
pub struct Pages<'p> {
    /// The page of a run, by the index of its row.
    pub of: &'p dyn Fn(usize) -> Page,
    /// The failed runs: the index of the row, and why the run failed.
    pub failed: &'p [(usize, String)],
}

/// The most failures that are listed.
const FAILURES: usize = 100;

/// One self-contained HTML file with a picture for each of these numbers, under the title of
/// the scenario.
///
/// The horizontal axis is the parameter with most values; the kernel is the axis only if
/// nothing else varies. Each combination of the other parameters has a line of medians, and
/// a band from the least value to the 95th percentile. If exactly two parameters vary, a
/// heat map of the 95th percentile follows. Each point is a link to the page of the run that
/// has this value, if there is such a page.
#[must_use]
pub fn picture(title: &str, summary: &Summary, numbers: &[String], pages: &Pages<'_>) -> String {
    let title = escape(title);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style>\n<h1>{title}</h1>\n<p>{}</p>\n",
        in_words(summary)
    );
    if let Some(axis) = Axis::of(summary) {
        for number in numbers {
            figure(&mut html, summary, &axis, number, pages);
        }
        html.push_str(
            "<p>Points: the median. Rings: what 95 of 100 runs do not exceed. Each is the number \
             of one run. A point with an edge links to the recording of its run. Runs without \
             an edge have no recording; <code>--keep all</code> keeps all. The tooltip of a \
             point has the options that run it again with <code>sctp-lab run</code>.</p>\n",
        );
    }
    failures(&mut html, pages);
    html.push_str("</html>\n");
    html
}

fn failures(html: &mut String, pages: &Pages<'_>) {
    if pages.failed.is_empty() {
        return;
    }
    html.push_str("<h2>What failed</h2>\n<ul>\n");
    for (row, why) in pages.failed.iter().take(FAILURES) {
        let page = (pages.of)(*row);
        let words = format!("<code>{}</code>", escape(&page.again));
        let words = linked(&page, &words);
        // Writing to a String cannot fail.
        let _ = writeln!(html, "<li>{words}: {}</li>", escape(why));
    }
    if let Some(more) = pages
        .failed
        .len()
        .checked_sub(FAILURES)
        .filter(|it| *it > 0)
    {
        let _ = writeln!(html, "<li>and {more} more, which the rows tell of</li>");
    }
    html.push_str("</ul>\n");
}

/// Markup that stands for a run, as a link to the run's page where there is one.
fn linked(page: &Page, what: &str) -> String {
    match &page.link {
        Some(link) => format!("<a href=\"{}\">{what}</a>", escape(link)),
        None => what.to_owned(),
    }
}

fn in_words(summary: &Summary) -> String {
    let runs: usize = summary.points.iter().flat_map(|it| it.runs.values()).sum();
    let mut outcomes: std::collections::BTreeMap<&str, usize> = Default::default();
    for (word, count) in summary.points.iter().flat_map(|it| &it.runs) {
        *outcomes.entry(word).or_default() += count;
    }
    let outcomes: Vec<String> = outcomes
        .into_iter()
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    let points = summary.points.len();
    format!("{runs} runs at {points} points: {}.", outcomes.join(", "))
}

fn figure(html: &mut String, summary: &Summary, axis: &Axis, number: &str, pages: &Pages<'_>) {
    let name = escape(number);
    // Writing to a String cannot fail.
    let _ = write!(
        html,
        "<figure><h2>{name}</h2>\n{}",
        chart::svg(summary, axis, number, pages)
    );
    if let Some(table) = heat::table(summary, number, pages) {
        html.push_str(&table);
    }
    html.push_str(
        "<figcaption>Line: median. Band: from the least to what 95 of 100 runs do not \
         exceed. Times are in seconds.</figcaption></figure>\n",
    );
}

/// The varied parameters of a point without the axis: the name of the point's line.
fn others(point: &Point, varied: &[&str], axis: &str) -> String {
    let others = varied.iter().filter(|name| **name != axis);
    let words: Vec<String> = others
        .filter_map(|name| Some(format!("{name}={}", point.parameters.get(*name)?)))
        .collect();
    words.join(", ")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A number for people: whole from 100 on, with at most two decimals from 1 on, and with at
/// most three below.
fn short(number: f64) -> String {
    let text = match number.abs() {
        it if it >= 100.0 => format!("{number:.0}"),
        it if it >= 1.0 => format!("{number:.2}"),
        _ => format!("{number:.3}"),
    };
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::summary::{Seen, Spread};

    fn point(loss: &str, rto: &str, median: f64, row: usize) -> Point {
        let seen = |value| Seen { value, row };
        let spread = Spread {
            count: 3,
            least: median / 2.0,
            median: seen(median),
            p95: seen(median * 2.0),
            most: seen(median * 3.0),
        };
        Point {
            parameters: BTreeMap::from([
                ("loss".to_owned(), loss.to_owned()),
                ("rto<min>".to_owned(), rto.to_owned()),
            ]),
            runs: BTreeMap::from([("passed", 3)]),
            numbers: BTreeMap::from([("gap".to_owned(), spread)]),
        }
    }

    /// Only the first run has a recording.
    fn page(row: usize) -> Page {
        Page {
            link: (row == 0).then(|| "pages/first.html".to_owned()),
            again: format!("--set seed={row}"),
        }
    }

    #[test]
    fn each_line_and_cell_is_there() {
        let points = vec![
            point("0%", "50ms", 1.0, 0),
            point("1%", "50ms", 2.0, 1),
            point("2%", "50ms", 4.0, 2),
            point("0%", "100ms", 2.0, 3),
            point("1%", "100ms", 3.0, 4),
            point("2%", "100ms", 5.0, 5),
        ];
        let pages = Pages {
            of: &page,
            failed: &[(0, "the <end>".to_owned()), (4, "no".to_owned())],
        };
        let html = picture(
            "Loss & delay",
            &Summary { points },
            &["gap".to_owned()],
            &pages,
        );
        assert_eq!(html.matches("<polyline").count(), 2);
        assert_eq!(html.matches("<polygon").count(), 2);
        assert_eq!(html.matches("<td").count(), 6);
        assert!(html.contains("rto&lt;min&gt;=50ms"));
        assert!(!html.contains("rto<min>"));
        assert!(html.contains("<h1>Loss &amp; delay</h1>"));
        assert!(html.contains("18 runs at 6 points: 18 passed."));
        // The first run is linked from the median, the 95th percentile, the heat map and
        // the failures.
        assert_eq!(html.matches("<a href=\"pages/first.html\">").count(), 4);
        assert_eq!(html.matches("<a ").count(), 4);
        assert_eq!(html.matches("<circle").count(), 12);
        assert!(html.contains("<code>--set seed=4</code>: no"));
        assert!(html.contains("the &lt;end&gt;"));
    }

    #[test]
    fn a_sweep_of_nothing_is_a_page_too() {
        let pages = Pages {
            of: &page,
            failed: &[],
        };
        let html = picture(
            "Nothing",
            &Summary { points: Vec::new() },
            &["gap".to_owned()],
            &pages,
        );
        assert!(html.contains("0 runs at 0 points"));
    }
}
