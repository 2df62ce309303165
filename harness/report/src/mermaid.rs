//! Draws the ladder as a Mermaid sequence diagram.

use std::fmt::Write as _;

use crate::hosts::{Host, Hosts};
use crate::ladder::{Excerpt, LadderOptions};
use crate::lanes::{LOST, UNDER_WAY};
use crate::line::{Line, Note, PacketLine, StepKind, What};
use crate::pairing::End;
use crate::text::escape;

/// Draws a ladder in the language of Mermaid's sequence diagrams.
#[must_use]
pub fn mermaid(excerpt: &Excerpt<'_>, options: &LadderOptions) -> String {
    let hosts = Hosts::of(&excerpt.recording.interfaces);
    mermaid_of(&hosts, excerpt.lines(&hosts, options)).collect()
}

/// Draws lines piece by piece, with memory for one line.
pub fn mermaid_of<'a>(
    hosts: &'a Hosts,
    lines: impl Iterator<Item = Line> + 'a,
) -> impl Iterator<Item = String> + 'a {
    let mut out = String::from("sequenceDiagram\n");
    for (number, name) in hosts.names().iter().enumerate() {
        let _ = writeln!(out, "  participant h{number} as {}", quoted(name));
    }
    let all = match hosts.names().len() {
        0 | 1 => "h0".to_owned(),
        count => format!("h0,h{}", count - 1),
    };
    let rows = lines.map(move |line| {
        let at = line.at;
        let row = match &line.what {
            What::Packet(it) => packet(it, hosts),
            What::Note(it) => note(it, hosts),
            What::Step(step) => {
                let mark = match step.kind {
                    StepKind::Failed => "✗ ",
                    StepKind::Acts | StepKind::Waits => "",
                };
                format!("Note over {all}: {at} {mark}{}", quoted(&step.text))
            }
            What::Folded(tally) => format!("Note over {all}: {}", quoted(&tally.words(hosts))),
        };
        format!("  {row}\n")
    });
    std::iter::once(out).chain(rows)
}

fn packet(it: &PacketLine, hosts: &Hosts) -> String {
    let (Host(from), Host(to)) = (it.from, it.to);
    let arrow = match it.end {
        End::Lost => "-x",
        // An open arrow: the packet was still in flight.
        End::UnderWay => "-)",
        End::Arrived(_) | End::Unseen | End::OutOfNowhere => "->>",
    };
    let remark = match (&it.fault, it.end) {
        (Some(fault), _) => Some(fault.as_str()),
        (None, End::Lost) => Some(LOST),
        (None, End::UnderWay) => Some(UNDER_WAY),
        _ => None,
    };
    let fault = remark.iter().map(|fault| format!(" ({fault})"));
    let words = format!("{}: {}", hosts.link(it.link), it.label(hosts));
    let fault: String = fault.collect();
    format!(
        "h{from}{arrow}h{to}: {}",
        quoted(&format!("{words}{fault}"))
    )
}

fn note(it: &Note, hosts: &Hosts) -> String {
    let host = it.host.map_or(0, |Host(number)| number);
    let side = match host > 0 && host + 1 == hosts.names().len() {
        true => "right",
        false => "left",
    };
    format!("Note {side} of h{host}: {}", quoted(&it.words()))
}

/// Escapes text for Mermaid, which ends a statement at a semicolon: special characters
/// become `#code;`.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for character in escape(text).chars() {
        match character {
            '#' | ';' | '<' | '>' | '&' | '"' | '%' | '`' => {
                let _ = write!(out, "#{};", u32::from(character));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Story, ToServer, ticker};

    #[test]
    fn a_lost_packet_is_a_crossed_arrow_and_hostile_text_is_coded() {
        let mut story = Story::new();
        story.step(0, "cut; path-a #1 <b>");
        story.lost(1_000, ToServer('a'), ticker(1), Some("dropped by `cut`"));
        story.notified(2_000, "server", "SCTP_SHUTDOWN_EVENT");
        let text = mermaid(&Excerpt::whole(&story.0), &LadderOptions::default());
        assert_eq!(
            text,
            "sequenceDiagram\n  participant h0 as client\n  participant h1 as server\n  \
             Note over h0,h1: 0.000 cut#59; path-a #35;1 #60;b#62;\n  \
             h0-xh1: path-a: DATA tsn 4294967294 ticker 1 (dropped by #96;cut#96;)\n  \
             Note right of h1: SCTP_SHUTDOWN_EVENT\n"
        );
    }
}
