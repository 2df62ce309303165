use crate::diagnostic::{Span, Spanned};

/// A value in a file, before it is known what it should be.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The three shapes of YAML. Scalars stay text: what `10` or `on` means is
/// for the place to say where it stands.
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
    /// What stands here, in words, for messages.
    pub fn found(&self) -> String {
        match &self.value {
            Value::Scalar(text) if text.is_empty() => "nothing".to_owned(),
            Value::Scalar(text) => format!("`{}`", shortened(text)),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a map".to_owned(),
        }
    }
}

/// A text as it fits into a message: one line of at most 40 characters.
pub fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(40).collect();
    if short.len() < text.trim_end().len() {
        short.push('…');
    }
    short
}
