//! The JSON Schema of files of targets.

use schemars::generate::SchemaSettings;

use crate::form::File;

/// The JSON Schema of files of targets, for editors: draft 7, which yaml-language-server
/// understands. The text ends with a line feed.
#[must_use]
pub fn schema() -> String {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<File>();
    schema.insert("title".to_owned(), "sctp-lab targets".into());
    schema.insert(
        "description".to_owned(),
        "Hosts to capture on, by name: `server: {host: 192.0.2.1, user: trace}`.".into(),
    );
    schema.insert("minProperties".to_owned(), 1.into());
    let mut schema = schema.to_value();
    document::show_examples(&mut schema);
    format!("{schema:#}\n")
}
