use schemars::generate::SchemaSettings;

use crate::file::File;

/// The JSON Schema of scenario files, for editors: draft 7, which
/// yaml-language-server speaks. It ends with a line feed.
#[must_use]
pub fn schema() -> String {
    let generator = SchemaSettings::draft07().into_generator();
    let schema = generator.into_root_schema_for::<File>();
    format!("{:#}\n", schema.as_value())
}
