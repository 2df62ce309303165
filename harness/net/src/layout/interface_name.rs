//! How a link's name becomes an interface's.

/// `IFNAMSIZ` of Linux and FreeBSD, without the closing zero.
const LONGEST: usize = 15;
/// How much of a link's name its short form keeps. The rest is room for `~`
/// and the greatest link number.
const KEPT: usize = 9;
/// Interfaces of these names are in every namespace, or mean all of them.
const TAKEN: [&str; 4] = ["lo", "all", "default", "*"];

/// The link's own name where an interface may have it; otherwise its short
/// form: its first letters, `~`, and the link's number in the plan.
///
/// No two links get the same: a `~` is in short forms only, and each of those
/// ends with another number.
pub(super) fn for_link(number: usize, link: &str) -> String {
    if link.len() <= LONGEST && link.chars().all(is_plain) && !TAKEN.contains(&link) {
        return link.to_owned();
    }
    let kept: String = link.chars().filter(|c| is_plain(*c)).take(KEPT).collect();
    format!("{kept}~{number}")
}

/// What every tool takes in an interface's name. (The kernel refuses only `/`,
/// `:`, white space, `.` and `..`; a dot names a folder's end under `/proc/sys`.)
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
