//! Tests of the model: keys, filters, searches and growing captures.

use super::*;
use crate::entry::Entry;

impl Lines for Vec<Entry> {
    fn count(&self) -> usize {
        self.len()
    }

    fn line(&self, number: usize) -> Option<Entry> {
        self.get(number).cloned()
    }

    fn of_packet(&self, packet: u64) -> Option<usize> {
        self.iter()
            .rposition(|it| it.frame.is_some_and(|it| it <= packet))
    }
}

/// DATA and SACK in turn, of the packets 1, 3, 5 and so on.
fn lines(count: usize) -> Vec<Entry> {
    let lines = (0..count).map(|number| {
        let chunk = if number % 2 == 0 { "DATA" } else { "SACK" };
        Entry {
            frame: Some(2 * number as u64 + 1),
            association: 1 + number / 10,
            chunks: vec![chunk.to_owned()],
            label: format!("{chunk} {number}"),
            ..Entry::default()
        }
    });
    lines.collect()
}

struct Tried {
    model: Model,
    lines: Vec<Entry>,
}

impl Tried {
    fn of(count: usize) -> Self {
        let mut tried = Self {
            model: Model::default(),
            lines: lines(count),
        };
        tried.work();
        tried
    }

    fn work(&mut self) {
        while self.model.work(&self.lines, |_| "path-1".to_owned()) {}
    }

    /// Types: `<enter>` and the like are keys of that name.
    fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let named = [
                ("<enter>", KeyCode::Enter),
                ("<esc>", KeyCode::Esc),
                ("<tab>", KeyCode::Tab),
                ("<page>", KeyCode::PageDown),
                ("<back>", KeyCode::Backspace),
            ];
            let found = named.iter().find(|(name, _)| rest.starts_with(name));
            let (code, length) = match found {
                Some((name, code)) => (*code, name.len()),
                None => (KeyCode::Char(first), first.len_utf8()),
            };
            self.model.key(code.into(), 10, &self.lines);
            self.work();
            rest = &rest[length..];
        }
        self
    }

    fn label(&self) -> String {
        let line = self.model.line().and_then(|it| self.lines.line(it));
        line.map(|it| it.label).unwrap_or_default()
    }
}

#[test]
fn arrows_pages_and_ends() {
    let mut it = Tried::of(100);
    assert_eq!(it.keys("jjk").label(), "SACK 1");
    assert_eq!(it.keys("<page>").label(), "SACK 11");
    assert_eq!(it.keys("G").label(), "SACK 99");
    assert_eq!(it.keys("j").label(), "SACK 99");
    assert_eq!(it.keys("gk").label(), "DATA 0");
}

#[test]
fn an_empty_capture_takes_every_key() {
    let mut it = Tried::of(0);
    it.keys("jkGg/x<enter>nNfx<enter>d][<tab>jt<enter>?<esc><esc>");
    assert_eq!(it.model.line(), None);
}

#[test]
fn a_filter_keeps_what_is_selected_and_esc_shows_all_again() {
    let mut it = Tried::of(100);
    it.keys("jjjjjjjfchunk:SACK<enter>");
    assert_eq!((it.model.shown(), it.label().as_str()), (50, "SACK 7"));
    assert_eq!(it.keys("j").label(), "SACK 9");
    it.keys("f<back><back><back><back>DATA assoc:3<enter>");
    assert_eq!((it.model.shown(), it.label().as_str()), (5, "DATA 20"));
    it.keys("<esc>");
    assert_eq!((it.model.shown(), it.label().as_str()), (100, "DATA 20"));
}

#[test]
fn a_filter_that_is_none_is_told_and_changes_nothing() {
    let mut it = Tried::of(10);
    it.keys("fassoc:x<enter>");
    assert!(
        it.model
            .message
            .as_ref()
            .is_some_and(|it| it.contains("assoc:2"))
    );
    assert_eq!(it.model.shown(), 10);
}

#[test]
fn a_search_goes_round_in_both_directions() {
    let mut it = Tried::of(30);
    assert_eq!(it.keys("/a 2<enter>").label(), "DATA 2");
    assert_eq!(it.keys("n").label(), "DATA 12");
    assert_eq!(it.keys("NN").label(), "SACK 29");
    assert_eq!(it.keys("n").label(), "DATA 2");
}

#[test]
fn a_search_that_finds_nothing_says_so() {
    let mut it = Tried::of(12_000);
    assert_eq!(it.keys("jj/sack 11999<enter>").label(), "SACK 11999");
    assert_eq!(it.keys("/nowhere<enter>").label(), "SACK 11999");
    let message = it.model.message.clone().unwrap_or_default();
    assert_eq!(message, "no packet has 'nowhere'");
}

#[test]
fn findings_are_jumped_to_even_behind_a_filter() {
    let mut it = Tried::of(100);
    let finding = |words: &str, packet| Finding {
        words: words.to_owned(),
        remedy: String::new(),
        packets: vec![packet],
    };
    it.model.findings = Arc::new(vec![finding("first", 21), finding("second", 42)]);
    it.keys("fchunk:SACK<enter>]");
    assert_eq!(it.label(), "DATA 10");
    assert_eq!(it.model.message.as_deref(), Some("1/2 first"));
    // Packet 42 has no line of its own: 41 is before it.
    assert_eq!(it.keys("]").label(), "DATA 20");
    assert_eq!(it.keys("]").label(), "DATA 10");
    assert_eq!(it.keys("dj<enter>").label(), "DATA 20");
}

#[test]
fn the_fields_scroll_by_themselves_and_begin_anew_at_another_packet() {
    let mut it = Tried::of(10);
    it.keys("<tab>jjj");
    assert_eq!((it.model.field, it.model.selected), (3, 0));
    it.keys("<tab>j");
    assert_eq!((it.model.field, it.model.selected), (0, 1));
}

#[test]
fn what_grows_keeps_the_packet_or_stays_at_the_end() {
    let mut it = Tried::of(10);
    it.keys("jjjfchunk:SACK<enter>");
    let grown = lines(40);
    it.model.replace(&it.lines, &grown);
    it.lines = grown;
    it.work();
    assert_eq!((it.label().as_str(), it.model.shown()), ("SACK 3", 20));
    it.model.stays_last = true;
    it.keys("<esc>G");
    it.lines = lines(50);
    it.work();
    assert_eq!(it.label(), "SACK 49");
    let grown = lines(60);
    it.model.replace(&it.lines, &grown);
    it.lines = grown;
    it.work();
    assert_eq!(it.label(), "SACK 59");
    it.keys("k");
    it.lines = lines(70);
    it.work();
    assert_eq!(it.label(), "DATA 58");
}

#[test]
fn the_selected_line_is_always_drawn() {
    let mut it = Tried::of(100);
    for (keys, height, top) in [
        ("G", 10, 90),
        ("kkkkkkkkk", 10, 90),
        ("k", 10, 89),
        ("", 3, 89),
        ("g", 0, 0),
    ] {
        it.keys(keys);
        it.model.scroll(height);
        assert_eq!(it.model.top, top, "after {keys}");
    }
}
