//! Tests of the drawn view, in terminals of all sizes.

use std::sync::Arc;

use insta::assert_snapshot;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::KeyCode;
use report::{Host, Hosts};

use super::*;
use crate::entry::{Entry, Journey};
use crate::finding::Finding;

fn hosts() -> Hosts {
    let names = vec!["192.0.2.1:5000".to_owned(), "192.0.2.2:38412".to_owned()];
    Hosts::between(names, vec![("path-1".to_owned(), [Host(0), Host(1)])])
}

fn entries() -> Vec<Entry> {
    let labels = [
        "INIT streams 10/10",
        "INIT ACK streams 10/10",
        "COOKIE ECHO",
        "COOKIE ACK",
        "DATA tsn+0 \u{1b}[31m\u{202e}evil",
        "SACK cum+0",
        "DATA tsn+1 again",
    ];
    let entries = labels.iter().enumerate().map(|(number, label)| Entry {
        at: 1_000_000 * number as u64,
        frame: Some(number as u64 + 1),
        association: 1,
        from: number % 2,
        to: 1 - number % 2,
        end: match number {
            6 => Journey::Lost,
            _ => Journey::Good,
        },
        label: (*label).to_owned(),
        ..Entry::default()
    });
    entries.collect()
}

/// The content of a terminal of this size after these keys.
fn shown(width: u16, height: u16, keys: &[KeyCode]) -> String {
    let (lines, hosts) = (entries(), hosts());
    let mut model = Model::default();
    model.findings = Arc::new(vec![Finding {
        words: "1 chunk was lost".to_owned(),
        remedy: "look at the link".to_owned(),
        packets: vec![7],
    }]);
    model.work(&lines, |_| "path-1".to_owned());
    for key in keys {
        model.key((*key).into(), 5, &lines);
        model.work(&lines, |_| "path-1".to_owned());
    }
    let fields = [
        "IP: 192.0.2.1 → 192.0.2.2, ttl 64, dscp 0, ecn 0",
        "INIT",
        "  a-rwnd: 106496",
    ];
    let scene = Scene {
        title: "theirs.pcap",
        lines: &lines,
        hosts: &hosts,
        gutter: Gutter {
            clock: Clock::FromStart,
            digits: 1,
            of_file: 0,
        },
        fields: &fields.map(str::to_owned),
        is_whole: true,
        has_color: true,
        remark: None,
    };
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let drawn = terminal.draw(|frame| {
        scene.draw(&mut model, frame);
    });
    drawn.unwrap();
    terminal.backend().to_string()
}

#[test]
fn a_plain_terminal_has_lines_above_fields() {
    assert_snapshot!(shown(80, 24, &[]));
}

#[test]
fn a_small_one_has_one_pane_and_no_lanes() {
    assert_snapshot!(shown(40, 12, &[KeyCode::End]));
    assert_snapshot!(shown(40, 12, &[KeyCode::Tab]));
}

#[test]
fn a_wide_one_has_them_side_by_side() {
    assert_snapshot!(shown(170, 20, &[KeyCode::Down]));
}

#[test]
fn keys_and_findings_lie_above_the_lines() {
    assert_snapshot!(shown(80, 24, &[KeyCode::Char('?')]));
    assert_snapshot!(shown(80, 24, &[KeyCode::Char('d')]));
    assert_snapshot!(shown(40, 12, &[KeyCode::Char(']')]));
}

#[test]
fn what_is_typed_is_shown_and_harmless() {
    let keys = ['f', 'a', '\u{202e}', 'b'].map(KeyCode::Char);
    assert_snapshot!(shown(80, 8, &keys));
}

#[test]
fn no_size_is_too_small_and_nothing_foreign_reaches_the_terminal() {
    for width in [1, 2, 5, 19, 79, 81, 300] {
        for height in [1, 2, 3, 7, 50] {
            for key in ['x', '?', 'd', ']', '/', '\t'] {
                let key = match key {
                    '\t' => KeyCode::Tab,
                    key => KeyCode::Char(key),
                };
                let shown = shown(width, height, &[KeyCode::End, key]);
                assert!(
                    !shown.contains(['\u{1b}', '\u{202e}']),
                    "{width}×{height} {key}"
                );
            }
        }
    }
}
