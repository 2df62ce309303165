//! Draws lines as a list, where there are too many hosts for lanes.

use crate::gutter::Gutter;
use crate::hosts::Hosts;
use crate::lanes::{LOST, UNDER_WAY, marker, rule};
use crate::line::{Line, PacketLine, What};
use crate::paint::Paint;
use crate::pairing::End;
use crate::row::Row;

/// Draws a line such as `client ─▶ server  path-a  DATA tsn+3`.
pub(crate) fn draw(line: &Line, hosts: &Hosts, width: usize, gutter: Gutter) -> Row {
    let mut row = Row::new(width);
    let text = gutter.width();
    row.text_before(0, text - 2, &gutter.of(line), Paint::Faint);
    match &line.what {
        What::Packet(it) => packet(it, hosts, text, width, &mut row),
        What::Note(note) => {
            let (mark, paint) = marker(note.kind);
            let host = note.host.map(|host| format!("{}: ", hosts.name(host)));
            let words = format!("{mark} {}{}", host.unwrap_or_default(), note.words());
            row.text(text, width, &words, paint);
        }
        What::Step(step) => rule(step, text, width, &mut row),
        What::Folded(tally) => {
            row.text(
                text,
                width,
                &format!("┊ {}", tally.words(hosts)),
                Paint::Faint,
            );
        }
    }
    row
}

fn packet(packet: &PacketLine, hosts: &Hosts, from: usize, width: usize, row: &mut Row) {
    let arrow = match (packet.end, &packet.fault) {
        (End::Lost, Some(_)) => "──✗",
        (End::Lost, None) => "──?",
        (End::UnderWay, _) => "──…",
        (End::Arrived(_) | End::Unseen | End::OutOfNowhere, _) => "──▶",
    };
    let (sender, receiver) = (hosts.name(packet.from), hosts.name(packet.to));
    let ends = format!("{sender} {arrow} {receiver}  ");
    let at = row.text(from, width, &ends, Paint::Plain);
    let link = format!("{}  ", hosts.link(packet.link));
    let at = row.text(at, width, &link, Paint::Path(packet.link));
    let at = row.text(at, width, &packet.label(hosts), Paint::Plain);
    let remark = match (packet.end, &packet.fault) {
        (_, Some(fault)) => fault,
        (End::Lost, None) => LOST,
        (End::UnderWay, None) => UNDER_WAY,
        (End::OutOfNowhere, None) => "not seen when it was sent",
        (End::Arrived(_) | End::Unseen, None) => return,
    };
    row.text(at, width, &format!("  {remark}"), Paint::Fault);
}
