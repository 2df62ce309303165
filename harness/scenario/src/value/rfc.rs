//! Sections of RFCs, such as `9260#8.3`.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::model::RfcSection;
use crate::read::{Word, Wrong, word_schema};
use crate::yaml::shortened;

/// A section of an RFC, or a whole RFC.
#[derive(Clone)]
pub(crate) struct RfcForm(pub(crate) RfcSection);

impl Word for RfcForm {
    const EXPECTED: &'static str = "an RFC's section such as `9260#8.3`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let (number, section) = match text.split_once('#') {
            Some((number, section)) => (number, Some(section)),
            None => (text, None),
        };
        let wrong = || {
            Wrong::new(
                format!("`{}` is not a section of an RFC", shortened(text)),
                "write the number, `#` and the section, such as `9260#8.3`",
            )
        };
        let is_section = |section: &str| {
            let mut parts = section.split('.');
            parts.all(|part| {
                !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        };
        if !section.is_none_or(is_section) {
            return Err(wrong());
        }
        let section = RfcSection {
            rfc: number.parse().map_err(|_| wrong())?,
            section: section.map(str::to_owned),
        };
        if section.is_missing() {
            let page = format!("https://www.rfc-editor.org/rfc/rfc{}", section.rfc);
            return Err(Wrong::new(
                format!("there is no {section}"),
                format!("{page} has the table of contents"),
            ));
        }
        Ok(Self(section))
    }
}

impl JsonSchema for RfcForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "rfc-section".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "A section of an RFC: its number, `#` and the section; or a whole RFC.",
            r"^[0-9]{1,5}(#[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?$",
            Some("integer"),
            &["9260#8.3", "7829"],
        )
    }
}
