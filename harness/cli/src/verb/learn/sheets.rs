//! The runs that the lab keeps for the exercises of the course.

use std::io::Read;
use std::ops::Range;
use std::sync::OnceLock;

use exercise::Sheet;
use flate2::read::ZlibDecoder;

include!(concat!(env!("OUT_DIR"), "/sheets.rs"));

/// All sheets behind each other, packed by the build.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sheets.zlib"));

/// Whether a sheet is kept for this lesson.
pub(super) fn is_there(lesson: &str) -> bool {
    SHEETS.iter().any(|(name, _)| *name == lesson)
}

/// The sheet that is kept for this lesson.
pub(super) fn of(lesson: &str) -> Option<Sheet> {
    let (_, place) = SHEETS.iter().find(|(name, _)| *name == lesson)?;
    serde_json::from_str(all().get(place.clone())?).ok()
}

/// The texts of all sheets, unpacked once for all papers of a class.
fn all() -> &'static str {
    static ALL: OnceLock<String> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut text = String::new();
        match ZlibDecoder::new(PACKED).read_to_string(&mut text) {
            Ok(_) => text,
            // The build packed it, and a test unpacks each sheet.
            Err(_) => String::new(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sheet_can_be_unpacked() {
        assert!(SHEETS.len() > 50);
        for (name, _) in SHEETS {
            assert!(
                of(name).is_some_and(|sheet| !sheet.made.is_empty()),
                "{name}"
            );
        }
    }
}
