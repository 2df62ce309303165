//! Parameters: what a scenario leaves open, and the values that it may have.
//!
//! A scenario names them under `parameters:`, each with one value, a list or a
//! range. Anywhere in the scenario `$name` stands for the parameter's value. A
//! run takes the first value of each; a [`Template`] writes the scenario with others,
//! as a text that needs no parameters to be understood.

mod range;
mod said;
mod settle;
mod template;
mod values;

pub(crate) use said::check as check_captured;
pub(crate) use settle::settle;
pub use template::{Template, UnknownParameter};
pub(crate) use values::ValuesForm;

use crate::file::File;

/// The parameter that is the seed of the run, too.
pub const SEED: &str = "seed";

/// A parameter of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The values that it may have, in order; the first is taken where none is
    /// chosen. Never empty.
    pub values: Vec<String>,
}

/// The parameters of a file that was read.
pub(crate) fn of(file: &File) -> Vec<Parameter> {
    let declared = file.parameters.get().map_or(&[][..], |map| &map.0);
    declared
        .iter()
        .filter_map(|(name, values)| {
            Some(Parameter {
                name: name.value.0.clone(),
                values: values.as_ref()?.0.clone(),
            })
        })
        .collect()
}
