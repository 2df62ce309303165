//! Addresses that the server adds and deletes by ASCONF.

use wire::chunk::Asconf;
use wire::parameter::AddressChange;

use super::*;

fn change(path: u8) -> AddressChange {
    AddressChange {
        correlation_id: 1,
        address: Side::Server.address(path),
    }
}

fn asks(parameter: Parameter) -> Asconf {
    Asconf {
        sequence_number: 30,
        address: Side::Server.address(1),
        parameters: vec![parameter],
    }
}

#[test]
fn an_address_that_is_added_has_no_timer_before() {
    // If the timer of its HEARTBEAT had been set when the association came up, the timer
    // would be overdue.
    let mut story = requests::requested([1104, 1312, 1724, 2136]);
    story.gets(600, 1, asks(Parameter::AddIpAddress(change(3))));
    story.path(605, 3, 100, "SCTP_UNCONFIRMED", 0);
    story.seen(2548);
    story.is_between(15_360, 16_460);
}

#[test]
fn what_was_in_flight_to_an_address_that_is_deleted_goes_over_to_another() {
    let story = |second: u64| {
        let mut story = Story::of(LOST);
        story.path(550, 2, 300, "SCTP_ACTIVE", 0);
        story.sends(590, 2, data(1));
        story.gets(600, 1, asks(Parameter::DeleteIpAddress(change(2))));
        let later = [704, second, second + 404, second + 808];
        for (at, (rto, errors)) in later
            .into_iter()
            .zip([(200, 1), (400, 2), (400, 3), (400, 4)])
        {
            story.sends(at, 1, data(1));
            story.path(at, 1, rto, "SCTP_ACTIVE", errors);
        }
        story.seen(second + 1212);
        story
    };
    // T3-rtx of the first path starts at 600, by its RTO 100. The last T3-rtx was set at
    // 1716, 1116 later: it takes 400 to 460, and the notification is read within 50.
    story(908).is_between(15_160, 16_260);
    story(1000).is_wrong("error 2 of 10.0.1.2 counted 0.296 s after T3-rtx was set at 0.704");
}
