//! Builds the tree of a file from the events of the YAML parser, with limits on size and
//! depth.

use std::collections::BTreeSet;

use granit_parser::{ErrorKind, Event, Marker, Parser, Span as Place, StrInput, options};

use super::tree::shortened;
use super::{Node, Value};
use crate::diagnostic::{Problems, Span, Spanned};

/// Greatest depth of nesting. A normal file has about six levels; a deeper one is
/// hostile.
const DEEPEST: usize = 32;

/// A kind of file, for messages.
#[derive(Clone, Copy, Debug)]
pub struct Genre {
    /// Name of one such file: `scenario`.
    pub one: &'static str,
    /// Name of several such files: `scenarios`.
    pub many: &'static str,
    /// An example of a beginning, for the message about an empty file.
    pub beginning: &'static str,
    /// Greatest size of a file in bytes.
    pub largest: usize,
}

/// Reads `source` as one YAML document. `None` if it is not one; the reason is in
/// `problems`.
///
/// Anchors, aliases and tags are refused: people read these files from top to bottom, and
/// without aliases no file is larger than it looks.
pub fn load(source: &str, genre: &Genre, problems: &mut Problems<'_>) -> Option<Node> {
    if source.len() > genre.largest {
        let message = format!("this file is too large for a {}", genre.one);
        problems.add(Span::default(), message, "here").help(format!(
            "a {} has at most {} KiB",
            genre.one,
            genre.largest / 1024
        ));
        return None;
    }
    let options = options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut builder = Builder::new(genre);
    for event in Parser::<StrInput<'_>>::new_from_str_with_options(source, options) {
        match event {
            Ok((event, place)) => builder.take(event, span_of(place), problems),
            Err(error) => {
                let at = offset_of(error.marker());
                let end = source.ceil_char_boundary(at + 1);
                let message = match error.kind() {
                    ErrorKind::RecursionLimitExceeded => {
                        format!("this nests too deeply for a {}", genre.one)
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
            .help(genre.beginning);
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

/// Builds the tree. The open lists and maps are in `open`, the innermost last.
struct Builder<'g> {
    genre: &'g Genre,
    open: Vec<Open>,
    root: Option<Node>,
    /// Whether an alias was found, after which the meaning of the file is unknown.
    has_alias: bool,
}

/// A list or a map that has begun and has not ended.
struct Open {
    start: usize,
    value: Value,
    /// The key of a map whose value comes next.
    key: Option<Spanned<String>>,
    /// The keys of the map so far.
    seen: BTreeSet<String>,
}

impl<'g> Builder<'g> {
    fn new(genre: &'g Genre) -> Self {
        Self {
            genre,
            open: Vec::new(),
            root: None,
            has_alias: false,
        }
    }

    fn refuse(&self, what: &str) -> String {
        format!("{what} are not used in {}", self.genre.many)
    }

    fn take(&mut self, event: Event<'_>, span: Span, problems: &mut Problems<'_>) {
        if event.tag().is_some() {
            problems.add(span, self.refuse("tags"), "remove the tag");
        }
        match event {
            Event::Scalar(text, ..) => self.put(span, Value::Scalar(text.into_owned()), problems),
            Event::SequenceStart(..) => self.begin(span, Value::List(Vec::new())),
            Event::MappingStart(..) => self.begin(span, Value::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => self.end(span, problems),
            Event::Anchor(..) => {
                problems.add(span, self.refuse("anchors"), "remove the anchor");
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                problems
                    .add(span, self.refuse("aliases"), "an alias")
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
                let label = format!("one file is one {}", self.genre.one);
                problems
                    .add(span, "a second document", label)
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
