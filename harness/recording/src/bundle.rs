//! A recording as one sequence of bytes, which a guest passes out.

use super::{FolderError, Recording};

/// Packs a recording into bytes, to be passed out of a guest. The files follow each
/// other, each as the length of its name, its name, the length of its content and its
/// content. Lengths are 64-bit little-endian numbers.
///
/// # Errors
///
/// Errors of encoding a capture.
pub fn pack(recording: &Recording) -> Result<Vec<u8>, FolderError> {
    let mut bytes = Vec::new();
    for (name, content) in recording.to_files()? {
        put(&mut bytes, name.as_bytes());
        put(&mut bytes, &content);
    }
    Ok(bytes)
}

/// Unpacks the bytes of [`pack`].
///
/// # Errors
///
/// Errors of reading a recording's folder, and a bundle that ends too early.
pub fn unpack(bytes: &[u8]) -> Result<Recording, FolderError> {
    let mut files = std::collections::BTreeMap::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let name = take(&mut rest)?;
        let content = take(&mut rest)?;
        files.insert(String::from_utf8_lossy(name).into_owned(), content.to_vec());
    }
    Recording::from_files(|name| files.remove(name).ok_or(FolderError::Missing(name)))
}

fn put(bytes: &mut Vec<u8>, field: &[u8]) {
    bytes.extend_from_slice(&(field.len() as u64).to_le_bytes());
    bytes.extend_from_slice(field);
}

fn take<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], FolderError> {
    let cut_short = || FolderError::CutShort;
    let (length, behind) = rest.split_first_chunk().ok_or_else(cut_short)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut_short())?;
    let (field, behind) = behind.split_at_checked(length).ok_or_else(cut_short)?;
    *rest = behind;
    Ok(field)
}
