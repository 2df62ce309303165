//! The answer of the lab's program, in a guest or on a box, to a request.
//!
//! The answer is a row of parts. The parts that come during the run are sights of the
//! run's packets, if they were requested, and messages of progress, if the guest has no
//! other way to report it. After the run come the kernel's execution counts, if they were
//! requested, and a packed recording, or the reason why there is none.
//!
//! Each part is a byte for its kind, its length as a 64-bit little-endian number, and its
//! bytes.

use std::io::{self, Write};

use recording::{Recording, Sight};

use super::request::{Onlooker, RequestError};

const SIGHT: u8 = b'S';
const RECORDING: u8 = b'R';
const REFUSAL: u8 = b'!';
#[cfg(target_os = "linux")]
const PROGRESS: u8 = b'P';
#[cfg(target_os = "linux")]
const COUNTS: u8 = b'C';

pub(crate) fn sight(sight: &Sight) -> Vec<u8> {
    // A sight that cannot be packed is skipped: the recording has the packet as well.
    sight
        .pack()
        .map_or_else(|_| Vec::new(), |packed| tagged(SIGHT, &packed))
}

#[cfg(target_os = "linux")]
pub(crate) fn progress(line: &str) -> Vec<u8> {
    tagged(PROGRESS, line.as_bytes())
}

pub(crate) fn encode(result: Result<Recording, RequestError>) -> Vec<u8> {
    let packed = result.and_then(|recording| Ok(recording::pack(&recording)?));
    match packed {
        Ok(bytes) => tagged(RECORDING, &bytes),
        Err(error) => tagged(REFUSAL, error.to_string().as_bytes()),
    }
}

fn tagged(tag: u8, bytes: &[u8]) -> Vec<u8> {
    let mut answer = Vec::with_capacity(HEADER + bytes.len());
    answer.push(tag);
    answer.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    answer.extend_from_slice(bytes);
    answer
}

const HEADER: usize = 9;

/// The execution counts of one file of the kernel's code.
#[cfg(target_os = "linux")]
pub(crate) fn counts(name: &str, counts: &[u8]) -> Vec<u8> {
    tagged(COUNTS, &[name.as_bytes(), b"\0", counts].concat())
}

/// Reads an answer as it arrives.
pub(crate) struct Inbox<'a> {
    onlooker: Option<Onlooker<'a>>,
    #[cfg(target_os = "linux")]
    progress: Vec<String>,
    #[cfg(target_os = "linux")]
    counts: Vec<(String, Vec<u8>)>,
    /// The bytes of the next, incomplete part.
    bytes: Vec<u8>,
    answer: Option<Result<Recording, RequestError>>,
}

impl<'a> Inbox<'a> {
    pub(crate) fn new(onlooker: Option<Onlooker<'a>>) -> Self {
        Self {
            onlooker,
            #[cfg(target_os = "linux")]
            progress: Vec::new(),
            #[cfg(target_os = "linux")]
            counts: Vec::new(),
            bytes: Vec::new(),
            answer: None,
        }
    }

    /// The progress messages since the last call.
    #[cfg(target_os = "linux")]
    pub(crate) fn progress(&mut self) -> Vec<String> {
        std::mem::take(&mut self.progress)
    }

    /// Writes the kernel's execution counts into a folder, one file for each file of its
    /// code.
    #[cfg(target_os = "linux")]
    pub(crate) fn keep_counts(&self, folder: &std::path::Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut files = self.counts.iter();
        files.try_for_each(|(name, counts)| std::fs::write(folder.join(name), counts))
    }

    /// Whether the answer is complete.
    #[cfg(target_os = "linux")]
    pub(crate) fn is_whole(&self) -> bool {
        self.bytes.is_empty() && self.answer.is_some()
    }

    /// Whether nothing has arrived.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.answer.is_none()
    }

    pub(crate) fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        let mut parts = Parts(&self.bytes);
        for (tag, part) in parts.by_ref() {
            match tag {
                SIGHT => {
                    if let (Some(onlooker), Ok(sight)) = (self.onlooker, Sight::unpack(part)) {
                        onlooker(sight);
                    }
                }
                #[cfg(target_os = "linux")]
                PROGRESS => {
                    let words = String::from_utf8_lossy(part);
                    self.progress.push(terminal::escape(&words));
                }
                #[cfg(target_os = "linux")]
                COUNTS => self.counts.extend(named(part)),
                RECORDING => self.answer = Some(recording::unpack(part).map_err(Into::into)),
                REFUSAL => {
                    let words = String::from_utf8_lossy(part).into_owned();
                    self.answer = Some(Err(RequestError::Guest(words)));
                }
                _ => self.answer = Some(Err(RequestError::Answer)),
            }
        }
        let done = self.bytes.len() - parts.0.len();
        self.bytes.drain(..done);
    }

    /// The result, when nothing more arrives.
    pub(crate) fn finish(self) -> Result<Recording, RequestError> {
        match self.answer {
            Some(answer) if self.bytes.is_empty() => answer,
            _ => Err(RequestError::Answer),
        }
    }
}

/// Writing never fails: [`Inbox::finish`] reports the errors.
impl Write for Inbox<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.take(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The counts of one file, if its name is a compiler's name for such a file. A guest must
/// not name a file outside the folder.
#[cfg(target_os = "linux")]
fn named(part: &[u8]) -> Option<(String, Vec<u8>)> {
    let end = part.iter().position(|byte| *byte == 0)?;
    let (name, counts) = part.split_at_checked(end)?;
    let name = std::str::from_utf8(name).ok()?;
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
    let is_good = !name.starts_with('.') && name.ends_with(".gcda") && name.chars().all(is_plain);
    is_good.then(|| {
        (
            name.to_owned(),
            counts.get(1..).unwrap_or_default().to_vec(),
        )
    })
}

/// The complete parts, followed by the bytes of an incomplete one.
struct Parts<'a>(&'a [u8]);

impl<'a> Iterator for Parts<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (header, rest) = self.0.split_first_chunk::<HEADER>()?;
        let (tag, length) = header.split_first()?;
        let length = u64::from_le_bytes(length.try_into().ok()?);
        let (part, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some((*tag, part))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use recording::Interface;

    use super::*;

    fn refusal(words: &str) -> Vec<u8> {
        encode(Err(RequestError::Guest(words.into())))
    }

    #[test]
    fn sights_are_shown_as_they_come_byte_by_byte() {
        let one = Sight {
            interfaces: vec![Interface {
                node: "client".into(),
                link: "path-a".into(),
            }],
            packets: Vec::new(),
        };
        let seen = Mutex::new(Vec::new());
        let onlooker = |sight| seen.lock().unwrap().push(sight);
        let mut inbox = Inbox::new(Some(&onlooker));
        for byte in [sight(&one), sight(&one), refusal("no")].concat() {
            inbox.take(&[byte]);
        }
        assert_eq!(*seen.lock().unwrap(), [one.clone(), one]);
        let Err(RequestError::Guest(words)) = inbox.finish() else {
            panic!("there is no recording");
        };
        assert_eq!(words, "no");
    }

    #[test]
    fn an_answer_that_is_cut_short_or_nonsense_is_none() {
        let whole = refusal("no");
        for bytes in [&whole[..whole.len() - 1], b"", b"x\0\0\0\0\0\0\0\0"] {
            let mut inbox = Inbox::new(None);
            inbox.take(bytes);
            assert!(matches!(inbox.finish(), Err(RequestError::Answer)));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn counts_are_kept_by_a_name_that_leads_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let mut inbox = Inbox::new(None);
        for name in ["input.gcda", "../input.gcda", ".gcda", "input.c"] {
            inbox.take(&counts(name, b"\0adcg"));
        }
        inbox.keep_counts(&folder.path().join("a/b")).unwrap();
        let kept: Vec<_> = std::fs::read_dir(folder.path().join("a/b"))
            .unwrap()
            .collect();
        assert_eq!(kept.len(), 1);
        let input = std::fs::read(folder.path().join("a/b/input.gcda")).unwrap();
        assert_eq!(input, b"\0adcg");
    }
}
