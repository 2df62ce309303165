//! The execution of steps. Each kind has a module.

mod abort;
mod address;
mod answer;
mod await_packet;
mod call;
mod close;
mod connect;
mod emit;
mod expect;
mod get;
mod heartbeat;
mod kill;
mod link;
mod open;
mod peeloff;
mod probe;
mod program;
mod reading;
mod refusal;
mod route;
mod rule;
mod send;
mod set;
mod set_path;
mod set_peer_primary;
mod set_primary;
mod set_sysctl;
mod set_up;
mod shutdown;
mod silence;
mod traffic;

use recording::Outcome;
use scenario::{Action, Step};

use super::executor::Executor;
use super::step_error::StepError;

/// Does a step, and returns its outcome.
pub(crate) async fn run(executor: &mut Executor<'_>, step: &Step) -> Outcome {
    let done = match &step.action {
        Action::Expect(it) => return expect::run(executor, it).await,
        Action::Connect(it) => connect::run(executor, it).await,
        Action::Send(it) => send::run(executor, &step.name, it).await,
        Action::Set(it) => set::run(executor, it),
        Action::Get(it) => get::run(executor, it),
        Action::Traffic(it) => traffic::run(executor, it),
        Action::Stop(it) => traffic::stop(executor, it).await,
        Action::Wait(it) => {
            tokio::time::sleep(it.duration).await;
            Ok(())
        }
        Action::Cut(it) => link::cut(executor, it),
        Action::Restore(it) => link::restore(executor, it),
        Action::LinkDown(it) => link::down(executor, it),
        Action::LinkUp(it) => link::up(executor, it),
        Action::SetMtu(it) => link::set_mtu(executor, it),
        Action::AddRule(it) => rule::add(executor, it),
        Action::RemoveRule(it) => rule::remove(executor, it),
        Action::Heartbeat(it) => heartbeat::run(executor, it),
        Action::SetPath(it) => set_path::run(executor, it),
        Action::SetPrimary(it) => set_primary::run(executor, it),
        Action::SetPeerPrimary(it) => set_peer_primary::run(executor, it),
        Action::AddAddress(it) => address::add(executor, it),
        Action::DeleteAddress(it) => address::delete(executor, it),
        Action::AddInterfaceAddress(it) => address::add_to_interface(executor, it).await,
        Action::RemoveInterfaceAddress(it) => address::remove_from_interface(executor, it),
        Action::AddRoute(it) => route::add(executor, it),
        Action::RemoveRoute(it) => route::remove(executor, it),
        Action::AddPolicyRoute(it) => route::add_policy(executor, it),
        Action::SetSysctl(it) => set_sysctl::run(executor, it),
        Action::Close(it) => close::run(executor, it).await,
        Action::Abort(it) => abort::run(executor, it).await,
        Action::Call(it) => call::run(executor, it),
        Action::Shutdown(it) => shutdown::run(executor, it),
        Action::PeelOff(it) => peeloff::run(executor, it),
        Action::PauseReading(it) => reading::pause(executor, it),
        Action::ResumeReading(it) => reading::resume(executor, it),
        Action::Kill(it) => kill::run(executor, it).await,
        Action::PowerCut(it) => kill::cut_power(executor, it).await,
        Action::Open(it) => open::run(executor, it),
        Action::Start(it) => program::start(executor, it).await,
        Action::SendSignal(it) => program::signal(executor, it),
        Action::Emit(it) => emit::run(executor, it),
        Action::Await(it) => await_packet::run(executor, it).await,
        Action::Silence(it) => silence::run(executor, it).await,
        Action::Answer(it) => answer::run(executor, it),
        Action::SetUp(it) => set_up::run(executor, step, it).await,
        Action::Probe(it) => probe::run(executor, it).await,
    };
    match (done, step.error.as_deref()) {
        (Ok(()), None) => Outcome::Done,
        (Err(error), Some(wanted)) if error.is(wanted) => Outcome::Done,
        (Err(error), _) => Outcome::Failed {
            why: error.into_why(),
        },
        (Ok(()), Some(wanted)) => Outcome::Failed {
            why: format!("{} succeeded; {wanted} was expected", step.action.kind()),
        },
    }
}
