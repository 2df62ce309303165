//! Draws the ladder as an SVG picture.

use maud::{Markup, PreEscaped, html};

use crate::flow_digest::digest;
use crate::hosts::{Host, Hosts};
use crate::ladder::{Excerpt, LadderOptions};
use crate::lanes::{LOST, UNDER_WAY};
use crate::line::{Line, Note, NoteKind, PacketLine, StepKind, What};
use crate::pairing::End;
use crate::text::escape;

const ROW: f64 = 24.0;
/// Horizontal place of the first lane, right of the times.
const FIRST_LANE: f64 = 74.0;
/// Distance between two lanes.
const GAP: f64 = 720.0;
const MARGIN: f64 = 14.0;
/// The fraction of its way after which a lost packet's arrow ends.
const LOST_AT: f64 = 0.6;

/// The style: light or dark as the reader prefers, with a transparent background.
const STYLE: &str = "\
svg{font:13px system-ui,sans-serif;--ink:#1b1f24;--faint:#6a7480;--line:#c4cad1;--bad:#b3261e;--warn:#8a5a00}\
text{fill:var(--ink)}.faint{fill:var(--faint)}.lane,.wait{stroke:var(--line)}.rule{stroke:var(--ink)}\
.strong{font-weight:700}.bad{fill:var(--bad)}.warn{fill:var(--warn)}\
.p0{--p:#0b6fb8}.p1{--p:#b35c00}.p2{--p:#8a2da5}.p3{--p:#1b7f4b}.arrow{stroke:var(--p);stroke-width:1.6}.on,.tip{fill:var(--p)}\
@media(prefers-color-scheme:dark){svg{--ink:#e4e7eb;--faint:#9aa4b0;--line:#4a535e;--bad:#ff8a80;--warn:#f2b84b}\
.p0{--p:#59b7ff}.p1{--p:#ffb35c}.p2{--p:#dd8cf2}.p3{--p:#66d49a}}";

/// Draws a ladder as one SVG file that needs no other file. Its attribute
/// `data-drawn-from` has a digest of the scenario, its flow and the style. The digest no
/// longer matches once the picture is stale.
#[must_use]
pub fn svg(excerpt: &Excerpt<'_>, options: &LadderOptions) -> String {
    let recording = excerpt.recording;
    let hosts = Hosts::of(&recording.interfaces);
    let size = excerpt.lines(&hosts, options).count();
    let drawn_from = format!(r#" data-drawn-from="{}""#, digest(recording, STYLE));
    let lines = excerpt.lines(&hosts, options);
    pieces(&recording.info.scenario, &drawn_from, &hosts, size, lines).collect()
}

/// Draws a ladder piece by piece: one piece for each line, and pieces before and after these.
/// `size` is the number of lines. The memory for one line suffices.
pub fn svg_of<'a>(
    title: &str,
    hosts: &'a Hosts,
    size: usize,
    lines: impl Iterator<Item = Line> + 'a,
) -> impl Iterator<Item = String> + 'a {
    pieces(title, "", hosts, size, lines)
}

fn pieces<'a>(
    title: &str,
    drawn_from: &str,
    hosts: &'a Hosts,
    size: usize,
    lines: impl Iterator<Item = Line> + 'a,
) -> impl Iterator<Item = String> + 'a {
    let picture = Picture { hosts };
    let width = picture.lane(Host(hosts.names().len().saturating_sub(1))) + MARGIN;
    let height = ROW * (size as f64 + 1.0) + MARGIN;
    let head = html! {
        title { "Ladder of " (title) }
        style { (PreEscaped(STYLE)) }
        @for (number, name) in hosts.names().iter().enumerate() {
            @let x = picture.lane(Host(number));
            line.lane x1=(x) x2=(x) y1=(ROW) y2=(height - MARGIN) {}
            text.strong x=(x) y="16" text-anchor=(picture.anchor(number)) { (escape(name)) }
        }
    };
    let begin = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"{drawn_from}>"#
    );
    let rows = lines.take(size).enumerate().map(move |(number, line)| {
        let row = html! {
            g transform=(format!("translate(0 {})", ROW * (number as f64 + 1.0))) {
                text.faint x=(FIRST_LANE - 12.0) y="16" text-anchor="end" { (line.at.to_string()) }
                (picture.row(&line))
            }
        };
        row.into_string()
    });
    let begin = [begin, head.into_string()];
    let end = ["</svg>\n".to_owned()];
    begin.into_iter().chain(rows).chain(end)
}

struct Picture<'a> {
    hosts: &'a Hosts,
}

impl Picture<'_> {
    fn lane(&self, Host(number): Host) -> f64 {
        FIRST_LANE + GAP * number as f64 / self.hosts.names().len().saturating_sub(1).max(1) as f64
    }

    fn anchor(&self, number: usize) -> &'static str {
        match number {
            0 => "start",
            _ if number + 1 == self.hosts.names().len() => "end",
            _ => "middle",
        }
    }

    fn row(&self, line: &Line) -> Markup {
        match &line.what {
            What::Packet(packet) => self.packet(packet),
            What::Note(note) => self.note(note),
            What::Step(step) => {
                let (rule, text) = match step.kind {
                    StepKind::Acts => ("rule", "strong"),
                    StepKind::Waits => ("wait", "faint"),
                    StepKind::Failed => ("rule", "bad"),
                };
                html! {
                    line class=(rule) x1=(FIRST_LANE) x2=(FIRST_LANE + 22.0) y1="12" y2="12" {}
                    text class=(text) x=(FIRST_LANE + 28.0) y="16" { (escape(&step.text)) }
                }
            }
            What::Folded(tally) => html! {
                text.faint x=(FIRST_LANE + 12.0) y="16" { "┊ " (escape(&tally.words(self.hosts))) }
            },
        }
    }

    fn packet(&self, it: &PacketLine) -> Markup {
        let (from, to) = (self.lane(it.from), self.lane(it.to));
        let way = (to - from).signum();
        let lost = matches!(it.end, End::Lost | End::UnderWay);
        let end = match lost {
            true => from + (to - from) * LOST_AT,
            false => to - 2.0 * way,
        };
        let words = it.fault.as_deref();
        let remark = match it.end {
            End::Lost => format!("✗ {}", words.unwrap_or(LOST)),
            End::UnderWay => format!("… {}", words.unwrap_or(UNDER_WAY)),
            _ => words.map_or(String::new(), |fault| format!("  {fault}")),
        };
        let remark_class = match it.end {
            End::UnderWay => "faint",
            _ => "bad",
        };
        let tip = format!("M{end},19 l{},-4 v8 z", -8.0 * way);
        let anchor = if way > 0.0 { "start" } else { "end" };
        // The second half of a broken arrow is the place for the fault.
        let (label_at, label_anchor) = match lost {
            true => (from + 10.0 * way, anchor),
            false => (from.min(to) + 10.0, "start"),
        };
        html! {
            g class=(format!("p{}", it.link.0 % 4)) {
                line.arrow x1=(from + 2.0 * way) x2=(end) y1="19" y2="19" {}
                @if !lost { path.tip d=(tip) {} }
                text x=(label_at) y="14" text-anchor=(label_anchor) {
                    tspan.on { (escape(self.hosts.link(it.link))) } "  " (escape(&it.label(self.hosts)))
                    @if !lost { tspan.bad { (escape(&remark)) } }
                }
                @if lost {
                    text class=(remark_class) x=(end + 4.0 * way) y="23" text-anchor=(anchor) {
                        (escape(&remark))
                    }
                }
            }
        }
    }

    fn note(&self, it: &Note) -> Markup {
        let number = it.host.map_or(0, |Host(number)| number);
        let x = self.lane(Host(number));
        let anchor = match self.anchor(number) {
            "end" => "end",
            _ => "start",
        };
        let aside = if anchor == "end" { -10.0 } else { 10.0 };
        let (mark, class) = match it.kind {
            NoteKind::Notification => ("◆", "strong"),
            NoteKind::Call => ("◇", ""),
            NoteKind::Message => ("•", "faint"),
            NoteKind::Path => ("▪", "warn"),
        };
        html! {
            text class=(class) x=(x) y="16" text-anchor="middle" { (mark) }
            text class=(class) x=(x + aside) y="16" text-anchor=(anchor) { (escape(&it.words())) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Story, ToServer, ticker};

    #[test]
    fn hostile_text_stays_text() {
        let mut story = Story::new();
        story.step(0, "<script>alert(1)</script>");
        story.lost(1_000, ToServer('a'), ticker(1), Some("dropped by `<b>`"));
        let picture = svg(&Excerpt::whole(&story.0), &LadderOptions::default());
        assert!(picture.contains("&lt;script&gt;"), "{picture}");
        assert!(picture.contains("✗ dropped by `&lt;b&gt;`"), "{picture}");
        assert!(!picture.contains("<script>"), "{picture}");
    }
}
