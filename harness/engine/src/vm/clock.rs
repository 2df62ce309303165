//! Sets a saved machine's clock to the instant at which the guest asked to be
//! saved.
//!
//! When a guest pauses, QEMU's threads race. The main loop may see an idle machine before
//! it sees that the machine is to stop, and then lets virtual time jump to the next timer.
//! RAM, CPU and devices are the same either way, but the clock is not. After a jump of only
//! some milliseconds, all random numbers of the guest are others. So the guest notes the
//! time on its own clock just before it asks to be saved, and the saved clock is set to
//! that time.
//!
//! In QEMU's migration stream the clock is the subsection `timer/icount`
//! (`softmmu/cpu-timers.c`): the instructions executed, at a nanosecond each,
//! and a bias that grows with every jump.

/// The marker of a subsection, the length of its name, its name, and its version.
const HEADER: &[u8] = b"\x05\x0ctimer/icount\0\0\0\x01";

/// Time between the guest's last look at its clock and the pause: some dozen instructions
/// of a nanosecond each, rounded up generously.
const MARGIN_NS: i64 = 1_000;

/// Greatest plausible difference of the two clocks: more than any jump to a timer of an
/// idle guest.
const PLAUSIBLE_NS: u64 = 10_000_000_000;

/// Changes `state` so that the machine resumes a microsecond after `asked_at`
/// (nanoseconds on its own clock).
pub(super) fn set_back(state: &mut [u8], asked_at: u64) -> Result<(), &'static str> {
    const UNKNOWN: &str = "its saved state holds no clock where it is expected";
    let mut places = state
        .windows(HEADER.len())
        .enumerate()
        .filter(|(_, window)| *window == HEADER)
        .map(|(position, _)| position + HEADER.len());
    let (Some(bias_at), None) = (places.next(), places.next()) else {
        return Err(UNKNOWN);
    };
    let icount_at = bias_at + 8;
    let icount = read(state, icount_at).ok_or(UNKNOWN)?;
    let bias = read(state, bias_at).ok_or(UNKNOWN)?;
    let asked_at = i64::try_from(asked_at).map_err(|_| UNKNOWN)?;
    let saved_at = bias.checked_add(icount).ok_or(UNKNOWN)?;
    if saved_at.abs_diff(asked_at) > PLAUSIBLE_NS {
        return Err("its saved clock and the guest's own disagree");
    }
    let bias = asked_at + MARGIN_NS - icount;
    state[bias_at..icount_at].copy_from_slice(&bias.to_be_bytes());
    Ok(())
}

fn read(state: &[u8], at: usize) -> Option<i64> {
    let bytes = state.get(at..at + 8)?.try_into().ok()?;
    Some(i64::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(bias: i64, icount: i64) -> Vec<u8> {
        let words = [bias.to_be_bytes(), icount.to_be_bytes()].concat();
        [b"before".as_slice(), HEADER, &words, b"after"].concat()
    }

    #[test]
    fn a_jump_during_the_pause_leaves_no_trace() {
        let mut jumped = state(8_003_900_000, 2_000_000_100);
        let mut unhurried = state(8_000_000_000, 2_000_000_100);
        set_back(&mut jumped, 10_000_000_050).unwrap();
        set_back(&mut unhurried, 10_000_000_050).unwrap();
        assert_eq!(jumped, unhurried);
        assert_eq!(jumped, state(8_000_000_950, 2_000_000_100));
    }

    #[test]
    fn a_stream_of_another_kind_is_left_alone() {
        let refused = |mut state: Vec<u8>| {
            let before = state.clone();
            assert!(set_back(&mut state, 10_000_000_050).is_err());
            assert_eq!(state, before);
        };
        refused(b"nothing".to_vec());
        refused(HEADER.to_vec());
        refused([state(1, 2), state(1, 2)].concat());
        refused(state(i64::MAX, i64::MAX));
        refused(state(0, 0));
    }
}
