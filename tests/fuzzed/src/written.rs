//! Fuzz targets for text that people write.

use std::path::Path;

use wire::field::number_range;

/// A scenario. Either the text is one, or its mistakes have places in it and can be shown.
///
/// # Panics
///
/// If that is not so.
pub fn scenario(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match scenario::parse("fuzzed", text) {
        Ok(scenario) => {
            // What the lab does with every scenario that it takes.
            for sabotage in &scenario.sabotages {
                drop(scenario.sabotaged(sabotage));
            }
            assert!(!format!("{scenario:?}").is_empty());
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            for mistake in &mistakes {
                let span = mistake.span;
                assert!(span.start <= span.end && span.end <= text.len());
            }
            for color in [false, true] {
                let shown = scenario::render(&mistakes, "fuzzed.yaml", text, color);
                assert!(!shown.is_empty());
            }
        }
    }
}

/// A list of targets to capture on.
///
/// # Panics
///
/// If there are neither targets nor mistakes in it that can be shown.
pub fn targets(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match hosts::parse(text, Path::new("/nowhere")) {
        Ok(targets) => assert!(!targets.is_empty()),
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            let shown = hosts::render(&mistakes, "targets.yaml", text, false);
            assert!(!shown.is_empty());
        }
    }
}

/// The values of fields, as scenarios and the command line have them: one on each
/// line, `FIELD=VALUE` or any other word.
pub fn values(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for line in text.lines() {
        let _ = number_range(line);
        let _ = line.parse::<wire::ChunkType>();
        let _ = recording::Value::Number(7).is(line);
        let _ = recording::Value::Text("a|b".to_owned()).is(line);
        let Some((field, value)) = line.split_once('=') else {
            continue;
        };
        let number = value.parse().unwrap_or(u32::MAX);
        for chunk in [
            None,
            Some(wire::ChunkType::Init),
            Some(wire::ChunkType::Data),
        ] {
            if let Some(setting) = wire::edit::Setting::new(chunk, field, number) {
                let mut packet = vec![0; 40];
                let _ = setting.write(&mut packet, 0);
                let _ = setting.write(&mut packet[..3], usize::MAX);
            }
        }
    }
}

/// Command lines, one a line, those that Wireshark starts among them. Each is understood,
/// or an error says what is wrong with it.
///
/// # Panics
///
/// If an error says nothing.
pub fn arguments(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        if let Err(told) = sctp_lab::understand(&words) {
            assert!(!told.is_empty());
        }
    }
}
