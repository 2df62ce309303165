//! Turns the texts of scenarios into HTML paragraphs.

use maud::{Markup, html};

/// Paragraphs, with backquoted words as code. Indented lines are shown unchanged.
pub(super) fn paragraphs(text: &str) -> Markup {
    html! {
        @for paragraph in text.split("\n\n") {
            @if paragraph.starts_with([' ', '\t']) {
                pre { (paragraph.trim_end()) }
            } @else {
                p { (words(paragraph)) }
            }
        }
    }
}

/// Shows text between backquotes as code.
fn words(paragraph: &str) -> Markup {
    html! {
        @for (number, part) in paragraph.split('`').enumerate() {
            @if number % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
