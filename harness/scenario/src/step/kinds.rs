use super::{
    abort, add_address, add_interface_address, add_policy_route, add_route, answer, await_packet,
    call, close, connect, cut, delete_address, emit, expect, get, heartbeat, kill, link_down,
    link_up, open, pause_reading, peeloff, power_cut, probe, remove_interface_address,
    remove_route, remove_rule, restore, resume_reading, rule, send, set, set_path,
    set_peer_primary, set_primary, set_sysctl, set_up, shutdown, signal, silence, start, stop,
    traffic, wait,
};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::Action;
use crate::read::{Kind, OneOf, Shortly, kinds};
use crate::value::{ErrorName, Listed, Name};

/// The form of a step.
pub(crate) trait StepForm {
    /// The name in the form, if there is one.
    fn given_name(&self) -> Option<&Spanned<Name>>;

    /// The error that the step's call must return, if any. Kinds that keep the error in
    /// their action return `None`.
    fn error(&self) -> Option<&Spanned<ErrorName>> {
        None
    }

    /// Checks the step, adds its effects to the story, and returns its action; `None` if
    /// it has a mistake, which is noted.
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action>;
}

impl<F: StepForm> StepForm for Shortly<F> {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.0.given_name()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.0.error()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        self.0.check(scope)
    }
}

impl<F: StepForm> StepForm for Listed<F> {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.0.given_name()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.0.error()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        self.0.check(scope)
    }
}

/// The table of all kinds of step.
pub(crate) struct StepKinds;

impl OneOf for StepKinds {
    const WHAT: &'static str = "step";
    const SAYS: Option<&'static str> = Some("What `sctp-lab explain` says before this step.");
    type Form = dyn StepForm;

    fn kinds() -> &'static [Kind<dyn StepForm>] {
        kinds! {
            "connect" => connect::ConnectForm,
            "send" => send::SendForm,
            "set" => set::SetForm,
            "get" => get::GetForm,
            "traffic" => traffic::TrafficForm,
            "stop" => stop::StopForm,
            "expect" => expect::ExpectForm,
            "wait" => wait::WaitForm,
            "cut" => cut::CutForm,
            "restore" => restore::RestoreForm,
            "link-down" => link_down::LinkDownForm,
            "link-up" => link_up::LinkUpForm,
            "rule" => rule::RuleForm,
            "remove-rule" => remove_rule::RemoveRuleForm,
            "heartbeat" => heartbeat::HeartbeatForm,
            "set-path" => set_path::SetPathForm,
            "set-primary" => set_primary::SetPrimaryForm,
            "set-peer-primary" => set_peer_primary::SetPeerPrimaryForm,
            "add-address" => add_address::AddAddressForm,
            "delete-address" => delete_address::DeleteAddressForm,
            "add-interface-address" => add_interface_address::AddInterfaceAddressForm,
            "remove-interface-address" => remove_interface_address::RemoveInterfaceAddressForm,
            "add-route" => add_route::AddRouteForm,
            "remove-route" => remove_route::RemoveRouteForm,
            "add-policy-route" => add_policy_route::AddPolicyRouteForm,
            "set-sysctl" => set_sysctl::SetSysctlForm,
            "close" => Shortly<close::CloseForm>,
            "abort" => Shortly<abort::AbortForm>,
            "call" => call::CallForm,
            "shutdown" => Shortly<shutdown::ShutdownForm>,
            "peeloff" => peeloff::PeelOffForm,
            "pause-reading" => pause_reading::PauseReadingForm,
            "resume-reading" => resume_reading::ResumeReadingForm,
            "kill" => kill::KillForm,
            "power-cut" => power_cut::PowerCutForm,
            "open" => open::OpenForm,
            "start" => start::StartForm,
            "signal" => signal::SignalForm,
            "emit" => Listed<emit::EmitForm>,
            "await" => Listed<await_packet::AwaitForm>,
            "silence" => Shortly<silence::SilenceForm>,
            "answer" => Listed<answer::AnswerForm>,
            "set-up" => Shortly<set_up::SetUpForm>,
            "probe" => Shortly<probe::ProbeForm>,
        }
    }
}
