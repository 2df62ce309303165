//! The tick of the kernel's clock, by which Linux counts the smoothed round-trip time.

/// The milliseconds of a number of ticks. The resolution of a coarse clock is one tick
/// (Linux kernel/time/posix-timers.c, `posix_get_coarse_res`).
#[cfg(target_os = "linux")]
pub(crate) fn milliseconds(ticks: u64) -> u32 {
    use std::sync::OnceLock;

    use nix::time::{ClockId, clock_getres};

    // Each sample of each path asks, and a kernel never changes its tick.
    static TICK: OnceLock<u64> = OnceLock::new();
    let tick = TICK.get_or_init(|| {
        let tick = clock_getres(ClockId::CLOCK_MONOTONIC_COARSE);
        // Every Linux has this clock. One millisecond is the tick of CONFIG_HZ=1000.
        tick.map_or(1_000_000, |tick| tick.tv_nsec().unsigned_abs())
    });
    u32::try_from(ticks.saturating_mul(*tick) / 1_000_000).unwrap_or(u32::MAX)
}

/// FreeBSD counts in milliseconds (`netinet/sctp_usrreq.c`, `SCTP_GET_PEER_ADDR_INFO`).
#[cfg(target_os = "freebsd")]
pub(crate) fn milliseconds(milliseconds: u64) -> u32 {
    u32::try_from(milliseconds).unwrap_or(u32::MAX)
}
