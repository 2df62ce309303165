//! The table of all engines.

use recording::Engine;

use crate::kind::Kind;

/// All engines.
#[must_use]
pub fn kinds() -> Vec<&'static dyn Kind> {
    vec![
        &crate::native::Native,
        #[cfg(target_os = "linux")]
        &crate::uml::Uml,
        &crate::vm::Emulated,
        &crate::remote::Remote,
    ]
}

/// The engine with this name, if this system has it.
#[must_use]
pub fn kind_of(engine: Engine) -> Option<&'static dyn Kind> {
    kinds().into_iter().find(|kind| kind.engine() == engine)
}
