//! Properties of the fields of any chunk.

use proptest::prelude::*;
use sctp_wire::field::{FieldKind, FieldTest, FieldValue};

use crate::any_chunk::any_chunk;
use crate::any_packet::cases;

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_chunk_has_the_fields_that_its_type_promises(chunk in any_chunk()) {
        let specs = chunk.kind().fields();
        let fields = chunk.fields();
        prop_assert_eq!(specs.len(), fields.len());
        for (spec, field) in specs.iter().zip(&fields) {
            prop_assert_eq!(spec.name, field.name);
            prop_assert!(spec.many || field.values.len() == 1);
            prop_assert!(field.values.iter().all(|value| is_of(spec.kind, value)));
            prop_assert_eq!(chunk.field(spec.name), Some(field.clone()));
        }
    }

    #[test]
    fn every_value_is_found_by_what_is_shown_of_it(chunk in any_chunk()) {
        for (spec, field) in chunk.kind().fields().into_iter().zip(chunk.fields()) {
            let shown: Vec<String> = field.values.iter().map(ToString::to_string).collect();
            for text in &shown {
                let test = FieldTest::member(spec, text);
                prop_assert!(test.is_some_and(|test| test.matches(&chunk)), "{field} by {text}");
            }
            let all = FieldTest::exactly(spec, shown.iter().map(String::as_str));
            prop_assert!(all.is_some_and(|test| test.matches(&chunk)), "{field}");
        }
    }
}

fn is_of(kind: FieldKind, value: &FieldValue) -> bool {
    match value {
        FieldValue::Flag(_) => kind == FieldKind::Flag,
        // A payload protocol identifier is a number, which may be written as the name of
        // a protocol.
        FieldValue::Number(_) => matches!(kind, FieldKind::Number | FieldKind::Ppid),
        FieldValue::Tag(_) => kind == FieldKind::Number,
        FieldValue::Code(registry, _) => kind == FieldKind::Code(*registry),
        FieldValue::Procedure(_) => kind == FieldKind::Procedure,
        FieldValue::Part(_) => kind == FieldKind::Part,
        FieldValue::Address(_) => kind == FieldKind::Address,
        FieldValue::Bytes(_) => kind == FieldKind::Bytes,
        FieldValue::Range(..) => kind == FieldKind::Range,
    }
}
