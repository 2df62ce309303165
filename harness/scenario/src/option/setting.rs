//! The form of an option's value, and how it becomes the checked value.

use std::time::Duration;

use crate::read::{ChoiceOf, OneOrMany};
use crate::value::{Boolean, ChunkType, Dscp, Size, Small, Time, Wide};

/// The form of an option's value, which is converted to the checked value.
pub(crate) trait Setting {
    /// Type of the checked value.
    type Value;

    /// The checked value; `None` if a part of it is wrong, which has been noted.
    fn setting(&self) -> Option<Self::Value>;
}

macro_rules! settings {
    ($($form:ty => $value:ty = |$it:ident| $meaning:expr;)*) => {$(
        impl Setting for $form {
            type Value = $value;

            fn setting(&self) -> Option<$value> {
                let $it = self;
                $meaning
            }
        }
    )*};
}

settings! {
    Boolean => bool = |it| Some(it.0);
    Small => u16 = |it| Some(it.0);
    Dscp => u8 = |it| Some(it.0);
    Wide => u32 = |it| Some(it.0);
    // A greater value than the kernel can take becomes the greatest possible value.
    Size => u32 = |it| Some(u32::try_from(it.0).unwrap_or(u32::MAX));
    Time => Duration = |it| Some(it.0);
    ChunkType => wire::ChunkType = |it| Some(it.0);
}

impl<T: Copy> Setting for ChoiceOf<T> {
    type Value = T;

    fn setting(&self) -> Option<T> {
        Some(self.0)
    }
}

impl<T: Setting> Setting for OneOrMany<T> {
    type Value = Vec<T::Value>;

    fn setting(&self) -> Option<Vec<T::Value>> {
        let values = self.0.items.iter().map(|item| item.value.setting());
        let values: Option<Vec<_>> = values.collect();
        values.filter(|_| !self.0.broken)
    }
}
