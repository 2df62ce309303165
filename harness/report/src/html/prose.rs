//! What people write in scenarios, as paragraphs.

use maud::{Markup, html};

/// Paragraphs, with words of the language as code. Lines that are set in are shown
/// as they stand.
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

/// What stands between backticks is code.
fn words(paragraph: &str) -> Markup {
    html! {
        @for (number, part) in paragraph.split('`').enumerate() {
            @if number % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
