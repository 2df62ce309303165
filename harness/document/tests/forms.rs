//! Reads typed forms from the tree: all mistakes of a file at once, each with what to
//! write instead.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::borrow::Cow;

use document::diagnostic::Problems;
use document::read::{
    Choice, ChoiceOf, List, Map, OneKey, OneOf, OneOrMany, Read, Short, Shortly, kinds, record,
};
use document::value::{Boolean, Name};
use document::yaml::{Genre, load};

const GENRE: Genre = Genre {
    one: "recipe",
    many: "recipes",
    beginning: "begin with `title: …`",
    largest: 4096,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heat {
    Low,
    High,
}

impl Choice for Heat {
    const WHAT: &'static str = "a heat";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![("low".into(), Self::Low), ("high".into(), Self::High)]
    }
}

record! {
    /// Something to do.
    struct Bake = "{dish: pie}" {
        required {
            /// What is baked.
            dish: Name,
        }
        optional {
            /// How hot.
            heat: ChoiceOf<Heat>,
            /// Whether the door is open.
            door_open: Boolean,
            /// A name for it.
            r#as: Name,
        }
    }
}

impl Short for Bake {
    const KEY: &'static str = "dish";
}

struct Steps;

impl OneOf for Steps {
    const WHAT: &'static str = "step";
    const SAYS: Option<&'static str> = Some("words on it");
    type Form = dyn Do;

    fn kinds() -> &'static [document::read::Kind<Self::Form>] {
        kinds! {
            "bake" => Bake,
            "taste" => Taste,
        }
    }
}

/// What all steps can do.
trait Do {
    fn words(&self) -> String;
}

impl Do for Bake {
    fn words(&self) -> String {
        let dish = self.dish.get().map_or("nothing", |name| name.0.as_str());
        format!("bake {dish}")
    }
}

record! {
    /// Tastes it.
    struct Taste = "{dish: pie}" {
        required {
            /// What is tasted.
            dish: Name,
        }
    }
}

impl Do for Taste {
    fn words(&self) -> String {
        "taste".to_owned()
    }
}

/// The value, and each mistake as `line:column message (help)`.
fn read<T: Read>(source: &str) -> (Option<T>, Vec<String>) {
    let mut problems = Problems::new(source);
    let node = load(source, &GENRE, &mut problems).unwrap();
    let read = T::read(&node, &mut problems);
    let shown = problems.sorted().into_iter().map(|it| {
        let help = it.help.map(|help| format!(" ({help})"));
        let help = help.unwrap_or_default();
        format!("{}:{} {}{help}", it.line, it.column, it.message)
    });
    (read, shown.collect())
}

#[track_caller]
fn mistakes<T: Read>(source: &str, expected: &[&str]) {
    assert_eq!(read::<T>(source).1, expected);
}

#[test]
fn a_form_has_what_was_written_and_knows_what_was_not() {
    let (bake, found) = read::<Bake>("dish: pie\ndoor-open: true\nas: first\n");
    assert_eq!(found, [""; 0]);
    let bake = bake.unwrap();
    assert_eq!(bake.dish.get().unwrap().0, "pie");
    assert!(bake.door_open.get().unwrap().0);
    assert_eq!(bake.r#as.get().unwrap().0, "first");
    assert!(bake.heat.is_absent());
    assert!(bake.heat.check(|_| Some(())).unwrap().is_none());
}

/// One round of corrections must suffice: no mistake hides another.
#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_file() {
    mistakes::<Bake>(
        "heat: hgih\ndoor-open: yes\nas: First\ntemperature: 200\n",
        &[
            "1:1 `dish` is missing (a complete one is `{dish: pie}`)",
            "1:7 expected a heat, found `hgih` (did you mean `high`?)",
            "2:12 `yes` is neither true nor false (write `true`)",
            "3:5 `First` is not a name (a name is of lower-case letters, digits and dashes, and \
             begins with a letter)",
            "4:1 unknown key `temperature` (possible keys are `dish`, `heat`, `door-open` or \
             `as`)",
        ],
    );
}

/// A misspelt key counts as the key that was meant: its value is checked, and the key is
/// not reported as missing, too.
#[test]
fn a_misspelt_key_is_told_once() {
    let (bake, found) = read::<Bake>("dihs: pie\n");
    assert_eq!(found, ["1:1 unknown key `dihs` (did you mean `dish`?)"]);
    assert_eq!(bake.unwrap().dish.get().unwrap().0, "pie");
    // A key that is already there is not suggested.
    let (bake, found) = read::<Bake>("dish: pie\ndihs: cake\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(!found[0].contains("did you mean `dish`"), "{found:?}");
    assert_eq!(bake.unwrap().dish.get().unwrap().0, "pie");
}

#[test]
fn a_value_that_is_wrong_is_not_one_that_was_left_out() {
    let (bake, _) = read::<Bake>("dish: pie\nheat: cosmic\n");
    let heat = bake.unwrap().heat;
    assert!(!heat.is_absent());
    assert!(heat.get().is_none());
    assert!(heat.check(|_| Some(())).is_none());
}

#[test]
fn a_list_leaves_out_what_is_wrong_and_says_so() {
    let (list, found) = read::<List<Boolean>>("[true, maybe, false]\n");
    assert_eq!(
        found,
        ["1:8 `maybe` is neither true nor false (write `true` or `false`)"]
    );
    let list = list.unwrap();
    let values: Vec<bool> = list.items.iter().map(|item| item.value.0).collect();
    assert_eq!((values.as_slice(), list.broken), (&[true, false][..], true));
    assert!(!read::<List<Boolean>>("[true]\n").0.unwrap().broken);
    mistakes::<List<Boolean>>(
        "a: true\n",
        &[
            "1:1 expected a list, found a map (write `[one, two]`, or one item a line, each after `- `)",
        ],
    );
}

#[test]
fn one_stands_for_a_list_of_one_and_nothing_for_none() {
    let one = read::<OneOrMany<Boolean>>("true\n").0.unwrap();
    assert_eq!(one.0.items.len(), 1);
    mistakes::<OneOrMany<Boolean>>("[]\n", &["1:1 this list is empty"]);
}

/// A name with a wrong value is declared nevertheless; otherwise each use of it would be
/// a mistake, too.
#[test]
fn names_are_kept_whatever_they_name() {
    let (map, found) = read::<Map<Boolean>>("one: true\ntwo: perhaps\n-x: true\n");
    assert_eq!(found.len(), 2, "{found:?}");
    let map = map.unwrap().0;
    let named: Vec<_> = map
        .iter()
        .map(|(name, value)| (name.value.0.as_str(), value.map(|it| it.0)))
        .collect();
    assert_eq!(
        named,
        [("one", Some(true)), ("two", None), ("-x", Some(true))]
    );
}

#[test]
fn a_name_has_at_most_63_characters() {
    let longest = "a".repeat(63);
    assert!(Name::fault(&longest).is_none());
    assert!(Name::fault(&format!("{longest}a")).is_some());
    for wrong in ["", "-a", "a-", "1a", "Aa", "ä", "a b"] {
        assert!(Name::fault(wrong).is_some(), "{wrong}");
    }
}

#[test]
fn one_value_stands_for_the_map_of_it() {
    for source in ["pie\n", "dish: pie\n"] {
        let (bake, found) = read::<Shortly<Bake>>(source);
        assert_eq!(found, [""; 0]);
        assert_eq!(bake.unwrap().0.dish.get().unwrap().0, "pie");
    }
    mistakes::<Shortly<Bake>>("[pie]\n", &["1:1 expected a name, found a list"]);
}

#[test]
fn a_step_is_of_one_kind_and_may_have_words_on_it() {
    let (step, found) = read::<OneKey<Steps>>("say: It begins.\nbake: {dish: pie}\n");
    assert_eq!(found, [""; 0]);
    let step = step.unwrap();
    assert_eq!((step.kind.value, step.say.as_str()), ("bake", "It begins."));
    assert_eq!(step.form.unwrap().words(), "bake pie");
    let (step, found) = read::<OneKey<Steps>>("baek: {dish: pie}\n");
    assert_eq!(
        found,
        ["1:1 there is no step `baek` (did you mean `bake`?)"]
    );
    assert_eq!(step.unwrap().kind.value, "bake");
    mistakes::<OneKey<Steps>>(
        "bake: {dish: pie}\ntaste: {dish: pie}\n",
        &[
            "2:1 a step has one key, its kind (put `taste` into the braces of `bake`, or begin a \
             new step with `- `)",
        ],
    );
    mistakes::<OneKey<Steps>>(
        "say: Nothing.\n",
        &[
            "1:1 there is no step to say this of (put the step's kind below it, in the same braces \
             or indented alike)",
        ],
    );
    mistakes::<OneKey<Steps>>(
        "boil: {dish: pie}\n",
        &["1:1 there is no step `boil` (the kinds are `bake` and `taste`)"],
    );
}
