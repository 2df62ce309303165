//! Parameters: values that a scenario leaves open, each with the values that it may have.
//!
//! A scenario names its parameters under `parameters:`, each with one value, a list or a
//! range. Anywhere in the scenario `$name` stands for the parameter's value. A run takes
//! the first value of each parameter. A [`Template`] writes the scenario with other values,
//! as a text that says by itself what is run.

mod captured;
mod range;
mod settle;
mod template;
mod values;

pub(crate) use captured::check as check_captured;
pub(crate) use settle::settle;
pub use template::{Template, UnknownParameter};
pub(crate) use values::ValuesForm;

/// Name of the parameter whose value is also the seed of the run.
pub const SEED: &str = "seed";

/// A parameter of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Name of the parameter.
    pub name: String,
    /// The values that the parameter may have, in order, and never none. A run takes the
    /// first unless another is chosen.
    pub values: Vec<String>,
}
