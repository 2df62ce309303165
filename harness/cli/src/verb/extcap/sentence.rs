//! The sentences of Wireshark's extcap protocol.

use super::PREFIX;
use crate::library::Loaded;

/// What packets begin with: pcap's link type 1.
pub(super) const DLT: &str = "dlt {number=1}{name=EN10MB}{display=Ethernet}\n";

/// The name of a scenario's interface.
pub(super) fn interface(scenario: &Loaded) -> String {
    format!("{PREFIX}{}", scenario.name)
}

/// The sentences for the program, and for the interface of each scenario.
pub(super) fn interfaces(scenarios: &[Loaded]) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut answer = format!("extcap {{version={version}}}{{display=sctp-lab}}\n");
    for scenario in scenarios {
        let value = value_of(&interface(scenario));
        let display = value_of(&format!("SCTP: {}", scenario.scenario.title));
        answer.push_str(&format!(
            "interface {{value={value}}}{{display={display}}}\n"
        ));
    }
    answer
}

/// The settings of a capture.
pub(super) fn settings() -> String {
    let settings = [
        "{number=0}{call=--pace}{display=Speed}{type=double}{default=1}\
         {tooltip=Seconds of the run that go by in one second: 1 is real time}",
        "{number=1}{call=--seed}{display=Seed}{type=unsigned}{required=false}\
         {tooltip=Other random numbers, equally repeatable}",
    ];
    settings.map(|it| format!("arg {it}\n")).concat()
}

/// A text as the value of a field. Braces are replaced, since a brace would end the value.
fn value_of(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '{' => '(',
            '}' => ')',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn a_value_ends_where_its_text_does() {
        assert_eq!(value_of("a {b}\nc"), "a (b) c");
    }
}
