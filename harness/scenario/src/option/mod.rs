//! Socket options: the words for them, and what they mean.

mod choices;
mod forms;
mod reliability;
mod setting;
mod table;

pub(crate) use forms::{AuthKeyForm, InitForm};
pub(crate) use reliability::ReliabilityForm;
pub(crate) use setting::Setting;
pub(crate) use table::OptionsForm;
pub use table::SocketOption;
