//! Values that any file may have.

mod boolean;
mod name;
mod text;

pub use boolean::Boolean;
pub use name::{Name, Reference};
pub use text::Text;
