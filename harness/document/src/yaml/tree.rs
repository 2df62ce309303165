//! The tree of a file: values whose types are not known yet, each with its place.

use crate::diagnostic::{Span, Spanned};

/// A value in a file, before its type is known.
#[derive(Clone, Debug)]
pub struct Node {
    /// Place of the value.
    pub span: Span,
    /// Content of the value.
    pub value: Value,
}

/// The three shapes of YAML. Scalars stay text, because the meaning of `10` or `on`
/// depends on the place.
#[derive(Clone, Debug)]
pub enum Value {
    /// A word, a number, a text.
    Scalar(String),
    /// Items, in the order of the file.
    List(Vec<Node>),
    /// Keys and values, in the order of the file.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// A description of the value for messages.
    pub fn found(&self) -> String {
        match &self.value {
            Value::Scalar(text) if text.is_empty() => "nothing".to_owned(),
            Value::Scalar(text) => format!("`{}`", shortened(text)),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a map".to_owned(),
        }
    }
}

/// A text for a message: one line of at most 40 characters.
pub fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(40).collect();
    if short.len() < text.trim_end().len() {
        short.push('…');
    }
    short
}
