//! Values that any file can have.

mod boolean;
mod name;
mod text;

pub use boolean::Boolean;
pub use name::{Name, Reference};
pub use text::Text;
