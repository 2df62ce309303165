//! The table of associations and of the chunks that they sent.

use maud::{Markup, html};

use super::{Association, Traffic, end_of, name};
use crate::hosts::Hosts;
use crate::text::count;

/// Greatest number of associations in the table.
const SHOWN: usize = 100;

/// Each association's chunks, bytes and duration.
pub(in crate::html) fn table(traffic: &Traffic, hosts: &Hosts) -> Markup {
    let all = &traffic.associations;
    html! {
        @if !all.is_empty() {
            div.wide tabindex="0" role="group" aria-label="what each association sent" {
                table.traffic {
                    caption { "What each association sent" }
                    thead {
                        tr {
                            th scope="col" { "association" }
                            th scope="col" { "from" }
                            th scope="col" { "seconds" }
                            th scope="col" { "packets" }
                            th scope="col" { "user data" }
                            th scope="col" { "sent again" }
                            th scope="col" { "chunks" }
                        }
                    }
                    tbody { @for it in all.iter().take(SHOWN) { (rows(it, hosts)) } }
                }
            }
            @let more = all.len().saturating_sub(SHOWN);
            @if more > 0 { p.where { "and " (count(more as u64, "more association")) } }
            @if traffic.left_out > 0 {
                p.where { (count(traffic.left_out, "packet")) " of further associations" }
            }
        }
    }
}

fn rows(it: &Association, hosts: &Hosts) -> Markup {
    let seconds = |micros: u64| format!("{:.3}", micros as f64 / 1e6);
    html! {
        @for (side, way) in it.ways.iter().enumerate() {
            tr {
                @if side == 0 {
                    th scope="rowgroup" rowspan="2" { (name(it, hosts)) }
                }
                td { (end_of(it.ends[side], hosts)) }
                @if side == 0 {
                    td rowspan="2" { (seconds(it.first)) " – " (seconds(it.last)) }
                }
                td.number { (way.packets) }
                td.number { (way.bytes) " B" }
                td.number { (way.again_count) }
                td {
                    @for (number, (kind, times)) in way.chunks.iter().enumerate() {
                        @if number > 0 { ", " }
                        (times) " × " (kind.to_string())
                    }
                }
            }
        }
    }
}
