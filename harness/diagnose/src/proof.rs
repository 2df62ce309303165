//! The proof of a diagnosis: each finding with its packets.

use std::fmt::Write as _;

use crate::evidence::Evidence;
use crate::findings;
use crate::follow::Follower;

/// Each finding with its frames, its certainty, the RFC section and the remedy. Frames are
/// numbered as in Wireshark. With several files, each frame has its file, from 1, before
/// its number.
#[must_use]
pub fn proof(follower: &Follower, files: usize) -> String {
    let mut text = String::new();
    let Some((_, end)) = follower.span else {
        return text;
    };
    for (number, it) in follower.associations.iter().enumerate() {
        for (kind, found) in findings(it, end) {
            if text.is_empty() {
                text.push_str("proof\n");
            }
            let _ = writeln!(text, "\n#{} {}: {}", number + 1, kind.name, found.words);
            let _ = writeln!(text, "  {}", frames(&found.packets, files));
            for line in &found.details {
                let _ = writeln!(text, "  {line}");
            }
            let _ = writeln!(text, "  {}, by {}", found.certainty, kind.rfc);
            let _ = writeln!(text, "  try: {}", kind.remedy);
        }
    }
    text
}

/// The frames of some packets, as in `frame 3`, `frames 3, 9, 12`, or `frames 3, 9, … 400
/// (28)`.
#[must_use]
pub fn frames(packets: &Evidence, files: usize) -> String {
    let shown = |it: &crate::Moment| match files {
        0 | 1 => it.number.to_string(),
        _ => format!("{}:{}", it.file + 1, it.number),
    };
    let named: Vec<String> = packets.named().iter().map(shown).collect();
    let more = packets.count() - named.len() as u64;
    let word = if packets.count() == 1 {
        "frame"
    } else {
        "frames"
    };
    match packets.last().filter(|_| more > 0) {
        Some(last) => format!(
            "{word} {}, … {} ({})",
            named.join(", "),
            shown(&last),
            packets.count()
        ),
        None => format!("{word} {}", named.join(", ")),
    }
}
