//! The fields of an event by name, for assertions to compare.

use serde_json::Value as Json;

use super::{Event, Fields, Value};

impl Event {
    /// Whether the event is a notification with this name at this endpoint whose fields
    /// match.
    pub fn is_notification<'w>(
        &self,
        at: &str,
        of_name: &str,
        wanted: impl IntoIterator<Item = (&'w str, &'w str)>,
    ) -> bool {
        match self {
            Event::Notification {
                endpoint,
                name,
                fields,
                ..
            } => endpoint == at && name == of_name && fields.say(wanted),
            _ => false,
        }
    }

    /// All fields of the event by name: of a notification its fields, of any other event
    /// those of the recording's file.
    #[must_use]
    pub fn fields(&self) -> Fields {
        if let Event::Notification { fields, .. } = self {
            return fields.clone();
        }
        let mut fields = Fields::default();
        if let Ok(json) = serde_json::to_value(self) {
            flatten("", json, &mut fields);
        }
        if let Event::Received { ancillary, .. } = self {
            fields.0.extend(ancillary.0.iter().cloned());
        }
        fields
    }
}

fn flatten(name: &str, json: Json, into: &mut Fields) {
    let value = match json {
        Json::Object(entries) => {
            for (name, json) in entries {
                flatten(&name, json, into);
            }
            return;
        }
        Json::Number(number) => number.as_i64().map(Value::Number),
        Json::String(text) => Some(Value::Text(text)),
        Json::Bool(flag) => Some(Value::Text(flag.to_string())),
        Json::Null | Json::Array(_) => None,
    };
    into.0.extend(value.map(|value| (name.to_owned(), value)));
}

#[cfg(test)]
mod tests {
    use crate::MessageId;

    use super::*;

    #[test]
    fn a_message_shows_all_that_is_known_of_it() {
        let received = Event::Received {
            endpoint: "server".into(),
            message: Some(MessageId {
                sender: "client".into(),
                step: "send".into(),
                number: 2,
            }),
            association: Some("client-server".into()),
            from: None,
            stream: 3,
            ssn: 0,
            ppid: 8,
            tsn: 7,
            size: 100,
            differs_at: None,
            ancillary: Fields(vec![("rcv_sid".into(), Value::Number(3))]),
        };
        let wanted = [
            ("stream", "3"),
            ("ppid", "8"),
            ("number", "2"),
            ("sender", "client"),
            ("rcv_sid", "3"),
            ("association", "client-server"),
        ];
        assert!(received.fields().say(wanted));
        assert!(!received.fields().say([("stream", "4")]));
    }
}
