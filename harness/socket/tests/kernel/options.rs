//! Every option: a written value is read back, and the defaults are the protocol's.

use std::time::Duration;

use sctp_socket::option::{
    AssocInfo, AssocState, Context, DefaultSndInfo, DelayedSack, DisableFragments, Events,
    ExposePotentiallyFailed, FragmentInterleave, InitMsg, Ipv6Only, MappedV4, MaxBurst, MaxSeg,
    NoDelay, PartialDeliveryPoint, Path, PathFlags, PathState, PeerAddrInfo, PeerAddrParams,
    PeerAddrThresholds, ReceiveBuffer, RecvNxtInfo, RecvRcvInfo, RtoInfo, SendBuffer, Status,
};
use sctp_socket::{AssocId, Family, Ppid, SendFlags, SndInfo, Socket, Style};

use crate::support::{self, Outcome, Test, pair, same};

pub(crate) fn trials() -> Vec<Test> {
    support::tests![
        timers_start_as_the_rfc_says_and_can_be_changed,
        timers_can_be_changed_for_one_association,
        association_parameters_can_be_changed,
        init_numbers_can_be_changed,
        path_parameters_can_be_changed_for_one_path,
        thresholds_can_be_changed,
        the_potentially_failed_state_can_be_exposed,
        status_and_path_of_an_association,
        switches_go_on_and_off,
        numbers_are_read_back,
        default_attributes_are_read_back,
        subscriptions_are_read_back,
        buffers_are_at_least_as_large_as_asked,
        an_unknown_association_is_an_error,
    ]
}

const FUTURE: AssocId = AssocId::FUTURE;

fn one_to_many() -> std::io::Result<Socket> {
    Socket::new(Style::OneToMany, Family::V4)
}

const fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

async fn timers_start_as_the_rfc_says_and_can_be_changed() -> Outcome {
    for style in [Style::OneToOne, Style::OneToMany] {
        let socket = Socket::new(style, Family::V4)?;
        let rto: RtoInfo = socket.get(FUTURE)?;
        same!((rto.max, rto.min), (seconds(60), seconds(1)));
        let initial = if cfg!(target_os = "linux") {
            seconds(3)
        } else {
            seconds(1)
        };
        same!(rto.initial, initial);

        let min = Duration::from_millis(250);
        socket.set(&RtoInfo {
            min,
            initial: seconds(2),
            ..rto
        })?;
        same!(
            socket.get::<RtoInfo>(FUTURE)?,
            RtoInfo {
                min,
                initial: seconds(2),
                ..rto
            }
        );
    }
    Ok(())
}

async fn timers_can_be_changed_for_one_association() -> Outcome {
    let pair = pair().await?;
    let before: RtoInfo = pair.client.get(pair.to_server)?;
    let max = seconds(10);
    pair.client.set(&RtoInfo { max, ..before })?;
    same!(
        pair.client.get::<RtoInfo>(pair.to_server)?,
        RtoInfo { max, ..before }
    );
    same!(pair.client.get::<RtoInfo>(FUTURE)?.max, seconds(60));
    Ok(())
}

async fn association_parameters_can_be_changed() -> Outcome {
    let socket = one_to_many()?;
    let info: AssocInfo = socket.get(FUTURE)?;
    same!((info.max_retrans, info.cookie_life), (10, seconds(60)));
    socket.set(&AssocInfo {
        max_retrans: 4,
        cookie_life: seconds(30),
        ..info
    })?;
    let info: AssocInfo = socket.get(FUTURE)?;
    same!((info.max_retrans, info.cookie_life), (4, seconds(30)));

    let pair = pair().await?;
    let info: AssocInfo = pair.client.get(pair.to_server)?;
    same!(info.peer_destinations, 1);
    same!(info.peer_rwnd > 10_000 && info.local_rwnd > 10_000, true);
    Ok(())
}

async fn init_numbers_can_be_changed() -> Outcome {
    let socket = one_to_many()?;
    same!(socket.get::<InitMsg>(())?.max_attempts, 8);
    let changed = InitMsg {
        num_ostreams: 6,
        max_instreams: 5,
        max_attempts: 3,
        max_init_timeo: seconds(10),
    };
    socket.set(&changed)?;
    same!(socket.get::<InitMsg>(())?, changed);
    Ok(())
}

async fn path_parameters_can_be_changed_for_one_path() -> Outcome {
    let pair = pair().await?;
    let path = Path::to(pair.to_server, pair.server_address);
    let before: PeerAddrParams = pair.client.get(path)?;
    same!(
        (before.hb_interval, before.path_max_retrans),
        (seconds(30), 5)
    );
    same!(before.flags.contains(PathFlags::HB_ENABLE), true);

    pair.client.set(&PeerAddrParams {
        hb_interval: seconds(5),
        path_max_retrans: 2,
        flags: PathFlags::HB_ENABLE,
        ..PeerAddrParams::unchanged(path)
    })?;
    let after: PeerAddrParams = pair.client.get(path)?;
    same!((after.hb_interval, after.path_max_retrans), (seconds(5), 2));
    same!(after.path_mtu, before.path_mtu);

    pair.client.set(&PeerAddrParams {
        flags: PathFlags::HB_DISABLE | PathFlags::PMTUD_DISABLE,
        path_mtu: 1200,
        ..PeerAddrParams::unchanged(path)
    })?;
    let after: PeerAddrParams = pair.client.get(path)?;
    same!(after.flags.contains(PathFlags::HB_ENABLE), false);
    same!((after.path_mtu, after.path_max_retrans), (1200, 2));

    pair.client.set(&PeerAddrParams {
        flags: PathFlags::HB_DEMAND,
        ..PeerAddrParams::unchanged(path)
    })?;
    Ok(())
}

async fn thresholds_can_be_changed() -> Outcome {
    let pair = pair().await?;
    let path = Path::to(pair.to_server, pair.server_address);
    let before: PeerAddrThresholds = pair.client.get(path)?;
    same!(before.path_max_retrans, 5);
    let changed = PeerAddrThresholds {
        path_max_retrans: 4,
        potentially_failed: 1,
        primary_switchover: before.primary_switchover.map(|_| 3),
        ..before
    };
    pair.client.set(&changed)?;
    same!(pair.client.get::<PeerAddrThresholds>(path)?, changed);

    // Without the switchover threshold, only the other thresholds change.
    let others = PeerAddrThresholds {
        potentially_failed: 2,
        primary_switchover: None,
        ..changed
    };
    pair.client.set(&others)?;
    let read: PeerAddrThresholds = pair.client.get(path)?;
    same!(
        (read.potentially_failed, read.primary_switchover),
        (2, changed.primary_switchover)
    );
    Ok(())
}

async fn the_potentially_failed_state_can_be_exposed() -> Outcome {
    let socket = one_to_many()?;
    for exposure in [2, 1, 0] {
        let exposed = ExposePotentiallyFailed {
            assoc_id: FUTURE,
            exposure,
        };
        match socket.set(&exposed) {
            Err(error) if cfg!(target_os = "freebsd") => {
                same!(error.raw_os_error(), Some(libc::ENOPROTOOPT));
                return Ok(());
            }
            other => other?,
        }
        same!(socket.get::<ExposePotentiallyFailed>(FUTURE)?, exposed);
    }
    Ok(())
}

async fn status_and_path_of_an_association() -> Outcome {
    let pair = pair().await?;
    let status: Status = pair.client.get(pair.to_server)?;
    same!(status.state, AssocState::Established);
    same!(status.assoc_id, pair.to_server);
    same!((status.unackdata, status.penddata), (0, 0));
    same!((status.instrms, status.outstrms), (10, 10));
    same!(status.primary.address, Some(pair.server_address));

    let path: PeerAddrInfo = pair
        .client
        .get(Path::to(pair.to_server, pair.server_address))?;
    same!(path, status.primary);
    same!(path.state, PathState::Active);
    same!(path.assoc_id, pair.to_server);
    same!(path.rto >= seconds(1) && path.cwnd > 0, true);
    // The loopback interface's MTU.
    same!(path.mtu > 60_000, true);
    Ok(())
}

async fn switches_go_on_and_off() -> Outcome {
    let socket = Socket::new(Style::OneToMany, Family::V6)?;
    for on in [true, false] {
        socket.set(&NoDelay(on))?;
        same!(socket.get::<NoDelay>(())?, NoDelay(on));
        socket.set(&RecvRcvInfo(on))?;
        same!(socket.get::<RecvRcvInfo>(())?, RecvRcvInfo(on));
        socket.set(&RecvNxtInfo(on))?;
        same!(socket.get::<RecvNxtInfo>(())?, RecvNxtInfo(on));
        socket.set(&DisableFragments(on))?;
        same!(socket.get::<DisableFragments>(())?, DisableFragments(on));
        socket.set(&MappedV4(on))?;
        same!(socket.get::<MappedV4>(())?, MappedV4(on));
        socket.set(&Ipv6Only(on))?;
        same!(socket.get::<Ipv6Only>(())?, Ipv6Only(on));
    }
    Ok(())
}

async fn numbers_are_read_back() -> Outcome {
    let socket = one_to_many()?;
    let max_burst = MaxBurst {
        assoc_id: FUTURE,
        packets: 7,
    };
    socket.set(&max_burst)?;
    same!(socket.get::<MaxBurst>(FUTURE)?, max_burst);
    let max_seg = MaxSeg {
        assoc_id: FUTURE,
        size: 600,
    };
    socket.set(&max_seg)?;
    same!(socket.get::<MaxSeg>(FUTURE)?, max_seg);
    let context = Context {
        assoc_id: FUTURE,
        context: 42,
    };
    socket.set(&context)?;
    same!(socket.get::<Context>(FUTURE)?, context);
    let sack = DelayedSack {
        assoc_id: FUTURE,
        delay: Duration::from_millis(100),
        frequency: 3,
    };
    socket.set(&sack)?;
    same!(socket.get::<DelayedSack>(FUTURE)?, sack);
    socket.set(&FragmentInterleave(1))?;
    same!(socket.get::<FragmentInterleave>(())?, FragmentInterleave(1));
    socket.set(&PartialDeliveryPoint(9000))?;
    same!(
        socket.get::<PartialDeliveryPoint>(())?,
        PartialDeliveryPoint(9000)
    );
    Ok(())
}

async fn default_attributes_are_read_back() -> Outcome {
    let socket = one_to_many()?;
    let defaults = DefaultSndInfo(SndInfo {
        sid: 4,
        flags: SendFlags::UNORDERED,
        ppid: Ppid(8),
        context: 3,
        assoc_id: FUTURE,
    });
    socket.set(&defaults)?;
    same!(socket.get::<DefaultSndInfo>(FUTURE)?, defaults);
    Ok(())
}

async fn subscriptions_are_read_back() -> Outcome {
    let socket = one_to_many()?;
    let events = Events {
        association: true,
        sender_dry: true,
        ..Events::default()
    };
    socket.set(&events)?;
    same!(socket.get::<Events>(())?, events);
    Ok(())
}

async fn buffers_are_at_least_as_large_as_asked() -> Outcome {
    let socket = one_to_many()?;
    socket.set(&ReceiveBuffer(50_000))?;
    socket.set(&SendBuffer(60_000))?;
    same!(
        socket.get::<ReceiveBuffer>(())? >= ReceiveBuffer(50_000),
        true
    );
    same!(socket.get::<SendBuffer>(())? >= SendBuffer(60_000), true);
    Ok(())
}

async fn an_unknown_association_is_an_error() -> Outcome {
    let socket = one_to_many()?;
    let unknown = AssocId::new(99_999);
    same!(socket.get::<Status>(unknown).is_err(), true);
    same!(socket.get::<RtoInfo>(unknown).is_err(), true);
    same!(socket.getpaddrs(unknown).is_err(), true);
    Ok(())
}
