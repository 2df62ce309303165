use recording::Event;
use scenario::PathCount;

use super::observed::{self, Wanted};
use super::timeline::Timeline;
use super::verdict::Judgement;

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, it: &PathCount) -> Option<Judgement> {
    let wanted = Wanted {
        words: it.to_string(),
        unit: "samples",
        fields: &it.fields,
        window: &it.window,
        count: it.count,
    };
    observed::judge(timeline, &wanted, |event| match event {
        Event::Path {
            endpoint, sample, ..
        } => endpoint == it.at.as_str() && it.address.is_none_or(|to| to == sample.address),
        _ => false,
    })
}
