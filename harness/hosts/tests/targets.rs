//! Files of targets: valid ones, and the messages for invalid ones.

use std::path::{Path, PathBuf};

use hosts::{parse, render};
use serde_json::{Value, json};

const GOOD: &str = "\
# Two hosts.
client: 192.0.2.1
server:
  host: mme-1.example
  user: trace
  key: keys/trace
  port: 2222
  sudo: true
  interface: eth1
  filter: sctp port 38412
";

#[test]
fn a_good_file_is_read_as_it_is_written() {
    let targets = parse(GOOD, Path::new("/lab")).expect("it is a good one");
    let [client, server] = &targets[..] else {
        panic!("{targets:?}");
    };
    assert_eq!(client.name(), "client");
    assert_eq!(client.host().to_string(), "192.0.2.1");
    assert_eq!(client.interface(), "any");
    assert_eq!(client.filter(), "sctp or udp port 9899");
    assert_eq!(server.host().to_string(), "-p 2222 trace@mme-1.example");
    assert_eq!(server.host().key, Some(PathBuf::from("/lab/keys/trace")));
    assert_eq!(server.interface(), "eth1");
    assert_eq!(server.filter(), "sctp port 38412");
}

#[test]
fn the_page_on_captures_shows_a_good_one() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/captures.md");
    let page = std::fs::read_to_string(page).expect("it is there");
    let shown = page
        .split("```yaml\n")
        .filter_map(|behind| behind.split("```").next())
        .find(|block| block.contains("sudo: true"))
        .expect("it shows one");
    let targets = parse(shown, Path::new("")).expect(shown);
    assert_eq!(targets.len(), 2);
}

/// Invalid files. A snapshot has the words that refuse each.
const BAD: [&str; 12] = [
    "",
    "{}",
    "- host: 192.0.2.1",
    "one: {user: trace}",
    "one: {host: 192.0.2.1}\none: {host: 192.0.2.2}",
    "One: {hots: 192.0.2.1, prot: 22}",
    "one: {host: -oProxyCommand=x, user: -l, interface: -w, port: 0}",
    "one: {host: trace@192.0.2.1}\ntwo: {host: '192.0.2.1:2222'}\nthree: {host: 'a b'}",
    "one: {host: '', key: '', filter: '  ', sudo: yes, port: 70000}",
    "one: {host: [192.0.2.1], interface: eth0 eth1}",
    "one: &a {host: 192.0.2.1}\ntwo: *a",
    "one: {host: 192.0.2.1\n",
];

#[test]
fn a_bad_file_is_refused_with_its_pinned_words() {
    let words: String = BAD
        .iter()
        .map(|source| {
            let found = parse(source, Path::new("")).expect_err(source);
            render(&found, "targets.yaml", source, false)
        })
        .collect();
    insta::assert_snapshot!("refused", words);
}

#[test]
fn the_schema_allows_and_refuses_what_the_reader_does() {
    let schema = serde_json::from_str(&hosts::schema()).expect("it is JSON");
    let validator = jsonschema::draft7::new(&schema).expect("it is a schema of draft 7");
    let good = json!({
        "client": "192.0.2.1",
        "server": {
            "host": "mme-1.example", "user": "trace", "key": "keys/trace", "port": 2222,
            "sudo": true, "interface": "eth1", "filter": "sctp port 38412",
        },
    });
    assert!(validator.is_valid(&good));
    let with = |key: &str, value: Value| {
        let mut target = json!({"host": "192.0.2.1"});
        target[key] = value;
        json!({"one": target})
    };
    for bad in [
        json!({}),
        json!({"one": {}}),
        json!({"One": "192.0.2.1"}),
        with("hots", json!("a")),
        with("host", json!("-a")),
        with("user", json!("a b")),
        with("interface", json!("-w")),
        with("port", json!(0)),
        with("filter", json!("  ")),
    ] {
        assert!(!validator.is_valid(&bad), "{bad}");
    }
}
