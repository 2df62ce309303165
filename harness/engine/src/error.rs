//! What an engine's error says: who is responsible, and which remedy there is.

use std::error::Error;

/// An error of one engine.
pub trait EngineError: Error + Send + Sync + 'static {
    /// Who is responsible for the error.
    fn blame(&self) -> Blame;

    /// The command that removes the cause of the error, or advice in words, if there is any.
    fn remedy(&self) -> Option<String>;

    /// Whether a booted kernel crashed because of the run, or reported its own fault.
    fn broke_the_kernel(&self) -> bool {
        false
    }

    /// Each missing thing: the error itself, unless it stands for several.
    fn lacks(&self) -> Vec<Lack> {
        vec![Lack {
            words: self.to_string(),
            remedy: self.remedy(),
        }]
    }
}

/// The responsible party of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// This machine, or the other one, lacks something.
    Machine,
    /// The run was ended early, or broke the kernel.
    Run,
    /// The lab has a fault, or the operating system refused a request.
    Lab,
}

/// A thing that an engine lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The name of the thing, in words.
    pub words: String,
    /// The command that gets the thing, or advice in words, if there is any.
    pub remedy: Option<String>,
}

impl<E: EngineError> From<E> for Box<dyn EngineError> {
    fn from(error: E) -> Self {
        Box::new(error)
    }
}
