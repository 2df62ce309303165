use std::collections::BTreeSet;

use granit_parser::{ErrorKind, Event, Marker, Parser, Span as Place, StrInput, options};

use super::tree::shortened;
use super::{Node, Value};
use crate::diagnostic::{Problems, Span, Spanned};

/// No scenario nests deeper than some six levels; more is hostile.
const DEEPEST: usize = 32;

/// Reads `source` as one YAML document. `None` where it is not one; then
/// `problems` says why.
///
/// Anchors, aliases and tags are refused: a scenario is read by people from
/// top to bottom, and without aliases no file is larger than it looks.
pub(crate) fn load(source: &str, problems: &mut Problems<'_>) -> Option<Node> {
    let options = options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut builder = Builder::default();
    for event in Parser::<StrInput<'_>>::new_from_str_with_options(source, options) {
        match event {
            Ok((event, place)) => builder.take(event, span_of(place), problems),
            Err(error) => {
                let at = offset_of(error.marker());
                let end = source.ceil_char_boundary(at + 1);
                let message = match error.kind() {
                    ErrorKind::RecursionLimitExceeded => {
                        "this nests too deeply for a scenario".to_owned()
                    }
                    kind => format!("this is not YAML: {kind}"),
                };
                problems.add(Span { start: at, end }, message, "here");
                return None;
            }
        }
    }
    if builder.root.is_none() {
        problems
            .add(Span::default(), "the file is empty", "nothing here")
            .help("a scenario begins with `title:`");
    }
    builder.root.filter(|_| !builder.has_alias)
}

fn offset_of(marker: &Marker) -> usize {
    marker.byte_offset().unwrap_or(0)
}

fn span_of(place: Place) -> Span {
    Span {
        start: offset_of(&place.start),
        end: offset_of(&place.end),
    }
}

/// Lists and maps that are not closed yet, the innermost last.
#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    /// Then nobody can say what the file means.
    has_alias: bool,
}

struct Open {
    start: usize,
    value: Value,
    /// A map's key whose value is yet to come.
    key: Option<Spanned<String>>,
    /// The keys of a map so far.
    seen: BTreeSet<String>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span, problems: &mut Problems<'_>) {
        if event.tag().is_some() {
            problems.add(span, "tags are not used in scenarios", "remove the tag");
        }
        match event {
            Event::Scalar(text, ..) => self.put(span, Value::Scalar(text.into_owned()), problems),
            Event::SequenceStart(..) => self.begin(span, Value::List(Vec::new())),
            Event::MappingStart(..) => self.begin(span, Value::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => self.end(span, problems),
            Event::Anchor(..) => {
                problems.add(
                    span,
                    "anchors are not used in scenarios",
                    "remove the anchor",
                );
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                problems
                    .add(span, "aliases are not used in scenarios", "an alias")
                    .help("write out what it stands for");
                self.has_alias = true;
                self.put(span, Value::Scalar(String::new()), problems);
            }
            _ => {}
        }
    }

    fn begin(&mut self, span: Span, value: Value) {
        self.open.push(Open {
            start: span.start,
            value,
            key: None,
            seen: BTreeSet::new(),
        });
    }

    fn end(&mut self, span: Span, problems: &mut Problems<'_>) {
        if let Some(open) = self.open.pop() {
            let whole = Span {
                start: open.start,
                end: span.end.max(open.start),
            };
            self.put(whole, open.value, problems);
        }
    }

    fn put(&mut self, span: Span, value: Value, problems: &mut Problems<'_>) {
        let node = Node { span, value };
        let Some(open) = self.open.last_mut() else {
            if self.root.is_none() {
                self.root = Some(node);
            } else {
                problems
                    .add(span, "a second document", "one file is one scenario")
                    .help("put it into a file of its own");
            }
            return;
        };
        match (&mut open.value, open.key.take()) {
            (Value::List(items), _) => items.push(node),
            (Value::Map(entries), Some(key)) => {
                if open.seen.insert(key.value.clone()) {
                    entries.push((key, node));
                } else {
                    let message = format!("`{}` is given twice", shortened(&key.value));
                    problems
                        .add(key.span, message, "the second time")
                        .help("keep one of the two");
                }
            }
            (Value::Map(_), None) => open.key = Some(key_of(node, problems)),
            (Value::Scalar(_), _) => {}
        }
    }
}

fn key_of(node: Node, problems: &mut Problems<'_>) -> Spanned<String> {
    let value = match node.value {
        Value::Scalar(text) => text,
        _ => {
            problems.add(node.span, "a key must be a word", "a list or a map");
            String::new()
        }
    };
    Spanned {
        value,
        span: node.span,
    }
}
