//! Interface names made from link names.

/// `IFNAMSIZ` of Linux and FreeBSD, without the terminating zero.
const LONGEST: usize = 15;
/// Number of letters of a link's name in its short form. The rest is for `~` and the
/// greatest link number.
const KEPT: usize = 9;
/// Names that interfaces of every namespace have, or that stand for all interfaces.
const TAKEN: [&str; 4] = ["lo", "all", "default", "*"];

/// The link's own name if it is a valid interface name; otherwise its short form: its
/// first letters, `~`, and the link's number in the plan.
///
/// The names are unique: only short forms have a `~`, and each short form ends with
/// another number.
pub(super) fn for_link(number: usize, link: &str) -> String {
    if link.len() <= LONGEST && link.chars().all(is_plain) && !TAKEN.contains(&link) {
        return link.to_owned();
    }
    let kept: String = link.chars().filter(|c| is_plain(*c)).take(KEPT).collect();
    format!("{kept}~{number}")
}

/// Whether every tool accepts the character in an interface name. (The kernel refuses
/// only `/`, `:`, white space, `.` and `..`; a dot names a folder's end under
/// `/proc/sys`.)
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

#[cfg(test)]
mod tests {
    use super::for_link;

    #[test]
    fn a_short_plain_name_is_the_interfaces_name() {
        assert_eq!(for_link(0, "path-a"), "path-a");
        assert_eq!(for_link(0, "fifteen_letters"), "fifteen_letters");
    }

    #[test]
    fn any_other_name_gets_a_short_form_with_the_links_number() {
        assert_eq!(for_link(3, "sixteen__letters"), "sixteen__~3");
        assert_eq!(
            for_link(65_535, "a-link-with-a-long-name"),
            "a-link-wi~65535"
        );
        assert_eq!(for_link(4, "a/b c:d"), "abcd~4");
        assert_eq!(for_link(5, "chemin-é"), "chemin-~5");
        assert_eq!(for_link(6, ".."), "~6");
        assert_eq!(for_link(7, "lo"), "lo~7");
    }

    #[test]
    fn a_link_cannot_take_anothers_short_form() {
        assert_eq!(for_link(0, "a-long-na~1"), "a-long-na~0");
    }
}
