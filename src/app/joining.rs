//! Two terminals on their way into one session: the ticket, the three words, what is offered.

use std::sync::Arc;
use std::time::Duration;

use super::Scripts;
use super::link_program::{LinkNews, LinkOrder, LinkProgram};
use crate::home::Setup;
use crate::joined::Line;
use crate::joined::meeting::{Meeting, MeetingEnd, MeetingStage};
use crate::joined::message::{Message, OfferedSession};
use crate::menu::page::PageIntent;
use crate::notebook::Notebooks;
use crate::script::Script;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{ListItem, Scene, Verb};
use crate::session::setup::{Begin, Length};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};
use crate::time::moment::Moment;

/// The most letters of a relay's name.
const MOST_RELAY: usize = 100;

/// The most that comes behind the beginning before the session is there.
const MOST_BEHIND: usize = 20_000;

/// On the way into a session at several terminals.
pub(super) struct Joining {
    link: LinkProgram,
    side: JoiningSide,
    meeting: Option<(u32, Meeting)>,
    /// What is wrong: nothing begins.
    trouble: Option<SafeText>,
    /// Draws a text that nobody can foresee.
    random: fn() -> String,
}

/// Which side this is.
pub(super) enum JoiningSide {
    /// The host's: what is to begin.
    Host {
        setup: Setup,
        hash: String,
        ticket: Option<String>,
    },
    /// The guest's.
    Guest {
        scripts: Scripts,
        /// Where the ticket names a relay, and nobody has said whether it may be used.
        relay: Option<SafeText>,
        script: Option<Arc<Script>>,
        /// What the host has begun, how many entries follow, and what has come of them.
        begun: Option<(Box<Begin>, u64, Vec<Message>)>,
        /// Tells whether somebody has a notebook here.
        notebooks: Notebooks,
    },
}

/// What comes of it.
pub(super) struct JoinedUp {
    pub(super) link: LinkProgram,
    pub(super) peer: u32,
    pub(super) line: Line,
    pub(super) side: JoiningSide,
    /// At the guest's: which person they are.
    pub(super) you: usize,
    /// Whether the guest has a notebook.
    pub(super) notebook: bool,
}

/// No word of it: `Debug` ends up in panics.
impl std::fmt::Debug for Joining {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Joining")
    }
}

impl Joining {
    pub(super) fn new(link: LinkProgram, side: JoiningSide, random: fn() -> String) -> Self {
        Self {
            link,
            side,
            meeting: None,
            trouble: None,
            random,
        }
    }

    /// Takes what the other program has told, and says what is due.
    pub(super) fn follow(&mut self, now: Moment) {
        for news in self.link.take(now.mono) {
            self.hear(news, now);
        }
        if let Some((peer, meeting)) = &mut self.meeting {
            meeting.look(now.mono);
            for text in meeting.take(now.mono) {
                let to = *peer;
                self.link.tell(&LinkOrder::Line { to, text: &text });
            }
        }
        self.look_at_offer();
    }

    fn hear(&mut self, news: LinkNews, now: Moment) {
        let w = &words().joined;
        match (news, &mut self.side) {
            (LinkNews::Ready { v: 1 }, _) | (LinkNews::Again(_) | LinkNews::Down(_), _) => {}
            (LinkNews::Ready { .. }, _) => self.fails(SafeText::new(w.link_version)),
            (LinkNews::Ticket(text), JoiningSide::Host { ticket, .. }) => *ticket = Some(text),
            (LinkNews::Relay(name), JoiningSide::Guest { relay, .. }) => {
                *relay = Some(SafeText::short(&name, MOST_RELAY));
            }
            (LinkNews::Peer { id, proof }, JoiningSide::Host { setup, hash, .. }) => {
                let random = (self.random)();
                let offer = offer(setup, hash);
                self.meeting = Some((
                    id,
                    Meeting::host(&proof, &random, (offer, String::new()), now.mono),
                ));
            }
            (LinkNews::Peer { id, proof }, JoiningSide::Guest { .. }) => {
                let random = (self.random)();
                self.meeting = Some((id, Meeting::guest(&proof, &random, now.mono)));
            }
            (LinkNews::Line { from, text }, side) => {
                let Some((_, meeting)) = self.meeting.as_mut().filter(|(peer, _)| *peer == from)
                else {
                    return;
                };
                let behind = meeting.hear(&text, now.mono);
                let JoiningSide::Guest { begun, .. } = side else {
                    return;
                };
                match (behind, begun) {
                    (Some(Message::Begin { begin, entries }), begun @ None) => {
                        *begun = Some((begin, entries, Vec::new()));
                    }
                    // What comes right behind it is of the session already.
                    (Some(message), Some((_, _, behind))) if behind.len() < MOST_BEHIND => {
                        behind.push(message);
                    }
                    (_, _) => {}
                }
            }
            (LinkNews::Up { id }, _) => {
                if let Some((_, meeting)) = self.meeting.as_mut().filter(|(peer, _)| *peer == id) {
                    meeting.is_back();
                }
            }
            (LinkNews::Gone { why, .. }, side) => {
                let hosts = matches!(side, JoiningSide::Host { .. });
                if hosts && self.meeting.take().is_some() {
                    // Somebody else may come with the same ticket.
                    self.link.tell(&LinkOrder::Open(true));
                } else if !hosts {
                    self.fails(gone(&why));
                }
            }
            (LinkNews::Error(code), _) => self.fails(link_error(&code)),
            (LinkNews::Ended, _) => self.fails(SafeText::new(w.link_ended)),
            (LinkNews::Ticket(_) | LinkNews::Relay(_), _) => {}
        }
    }

    fn fails(&mut self, sentence: SafeText) {
        self.trouble.get_or_insert(sentence);
    }

    /// The guest's program reads the script that is offered; where it has another one, that is said at once.
    fn look_at_offer(&mut self) {
        let JoiningSide::Guest {
            scripts, script, ..
        } = &mut self.side
        else {
            return;
        };
        let Some((_, meeting)) = &mut self.meeting else {
            return;
        };
        if script.is_some() || *meeting.stage() != MeetingStage::Offered {
            return;
        }
        let Some((offer, _)) = meeting.offered() else {
            return;
        };
        let known = scripts.find(&offer.script);
        *script = known.filter(|script| script.hash == offer.hash).cloned();
        if script.is_none() {
            let title = SafeText::short(&offer.script, 60);
            meeting.accept(false, false);
            let text = &words().joined.other_script;
            self.fails(fill(text, &[("name", title.as_str())]));
        }
    }

    /// Whether both have said yes to everything.
    pub(super) fn is_agreed(&self) -> bool {
        let agreed = self
            .meeting
            .as_ref()
            .is_some_and(|(_, meeting)| matches!(meeting.stage(), MeetingStage::Agreed { .. }));
        agreed
            && match &self.side {
                JoiningSide::Host { .. } => true,
                JoiningSide::Guest { begun, .. } => begun.is_some(),
            }
    }

    /// What comes of it; `None` where nobody is there.
    pub(super) fn into_session(self) -> Option<JoinedUp> {
        let (peer, meeting) = self.meeting?;
        let notebook = matches!(meeting.stage(), MeetingStage::Agreed { notebook: true });
        let you = meeting.offered().map_or(0, |(offer, _)| offer.you);
        Some(JoinedUp {
            link: self.link,
            peer,
            line: meeting.into_line(),
            side: self.side,
            you,
            notebook,
        })
    }

    /// Takes what the person here asks; answers whether they leave.
    pub(super) fn ask(&mut self, intent: &PageIntent, now: Moment) -> Result<bool, Refused> {
        let w = &words().joined;
        let stage = self
            .meeting
            .as_ref()
            .map(|(_, meeting)| meeting.stage().clone());
        let over = self.trouble.is_some() || matches!(stage, Some(MeetingStage::Ended(_)));
        match (intent, stage) {
            (PageIntent::GoOn | PageIntent::Back, _) if over => return Ok(true),
            (PageIntent::Answer(n @ 0..2), Some(MeetingStage::Words { yes: false })) => {
                if let Some((peer, meeting)) = &mut self.meeting {
                    meeting.say(*n == 0);
                    if *n == 1 {
                        self.link.tell(&LinkOrder::Refuse { id: *peer });
                    }
                }
            }
            (PageIntent::Answer(n @ 0..2), Some(MeetingStage::Offered)) => {
                let yes = *n == 0;
                if let (Some((_, meeting)), JoiningSide::Guest { notebooks, .. }) =
                    (&mut self.meeting, &self.side)
                {
                    let me = meeting
                        .offered()
                        .and_then(|(offer, _)| offer.people.get(offer.you));
                    let notebook = me.is_some_and(|me| matches!(notebooks.of(me), Ok(Some(_))));
                    meeting.accept(yes, notebook);
                }
            }
            (PageIntent::Answer(n @ 0..2), None) => {
                let JoiningSide::Guest { relay, .. } = &mut self.side else {
                    return Err(Refused(SafeText::new(w.nobody_yet)));
                };
                if relay.take().is_some() {
                    self.link.tell(&LinkOrder::Dial(*n == 0));
                    if *n == 1 {
                        return Ok(true);
                    }
                }
            }
            (PageIntent::Back, _) => return Ok(true),
            (_, _) => return Err(Refused(SafeText::new(w.nobody_yet))),
        }
        self.follow(now);
        Ok(false)
    }

    /// How long until something is to be said.
    pub(super) fn next_wake(&self, now: Moment) -> Option<Duration> {
        let meeting = self.meeting.as_ref();
        let wake = meeting.map(|(_, meeting)| meeting.next_wake(now.mono));
        let link = self.link.next_wake(now.mono);
        wake.into_iter().chain(link).min()
    }

    /// They leave: the other program ends in good order.
    pub(super) fn leave(&mut self) {
        self.link.say_bye();
    }

    /// What may be seen and asked now.
    pub(super) fn scene(&self) -> Scene {
        let w = &words().joined;
        let mut scene = Scene {
            title: SafeText::new(w.title),
            ..Scene::default()
        };
        if let Some(trouble) = &self.trouble {
            scene.prompt = vec![trouble.clone()];
            scene.add_offer(Verb::GoOn, w.home);
            return scene;
        }
        match (&self.meeting, &self.side) {
            (Some((_, meeting)), side) => {
                let script = match side {
                    JoiningSide::Guest { script, .. } => script.as_deref(),
                    JoiningSide::Host { .. } => None,
                };
                put_meeting(&mut scene, meeting, script);
            }
            (None, JoiningSide::Host { ticket: None, .. }) => {
                scene.prompt = vec![SafeText::new(w.ticket_comes)];
            }
            (
                None,
                JoiningSide::Host {
                    ticket: Some(ticket),
                    ..
                },
            ) => {
                scene.prompt = SafeText::lines(w.ticket);
                let words = SafeText::new(ticket);
                scene.list.push(ListItem {
                    lead: SafeText::default(),
                    words,
                    now: false,
                });
            }
            (
                None,
                JoiningSide::Guest {
                    relay: Some(relay), ..
                },
            ) => {
                let values = [("relay", relay.as_str())];
                scene.prompt = crate::text::words::fill_lines(&w.relay, &values);
                scene.add_choice(SafeText::new(w.relay_yes), Intent::Answer { n: 0 });
                scene.add_choice(SafeText::new(w.relay_no), Intent::Answer { n: 1 });
            }
            (None, JoiningSide::Guest { relay: None, .. }) => {
                scene.prompt = vec![SafeText::new(w.calling)];
            }
        }
        scene.add_offer(Verb::Back, w.not_now);
        scene
    }
}

/// What is offered to a guest.
fn offer(setup: &Setup, hash: &str) -> OfferedSession {
    OfferedSession {
        script: setup.script.clone(),
        hash: hash.to_owned(),
        people: setup.people.clone(),
        you: 1,
        minutes: match setup.length {
            Length::Minutes(n) => Some(n),
            Length::Until(_) => None,
        },
        texts: 0,
        goes_on: false,
    }
}

/// Why somebody is gone, as a sentence.
pub(super) fn gone(why: &str) -> SafeText {
    let w = &words().joined;
    SafeText::new(match why {
        "refused" => w.gone_refused,
        "used" => w.gone_used,
        "version" => w.end_version,
        "secret" => w.gone_secret,
        "unreachable" => w.gone_unreachable,
        _ => w.gone_closed,
    })
}

/// What went wrong in the other program, as a sentence.
fn link_error(code: &str) -> SafeText {
    let w = &words().joined;
    SafeText::new(match code {
        "bad-ticket" | "damaged-ticket" => w.bad_ticket,
        "newer-ticket" => w.end_version,
        "no-network" | "bind" => w.no_network,
        "relay" | "bad-relay" => w.no_relay,
        _ => w.link_ended,
    })
}

/// Where two programs stand with each other, on a screen.
pub(super) fn put_meeting(scene: &mut Scene, meeting: &Meeting, script: Option<&Script>) {
    let w = &words().joined;
    let yes_or_no = |scene: &mut Scene, yes: &str, no: &str| {
        scene.add_choice(SafeText::new(yes), Intent::Answer { n: 0 });
        scene.add_choice(SafeText::new(no), Intent::Answer { n: 1 });
    };
    match meeting.stage() {
        MeetingStage::Greeting => scene.prompt = vec![SafeText::new(w.greeting)],
        MeetingStage::Words { yes } => {
            scene.prompt = SafeText::lines(if *yes { w.words_said } else { w.words });
            let spoken = meeting.words().join("  ·  ");
            scene.list.push(ListItem {
                lead: SafeText::default(),
                words: SafeText::new(&spoken),
                now: true,
            });
            if !*yes {
                yes_or_no(scene, w.words_same, w.words_other);
            }
        }
        MeetingStage::Offering | MeetingStage::Agreed { .. } => {
            scene.prompt = vec![SafeText::new(w.waits_for_yes)];
        }
        MeetingStage::Offered => {
            let (Some(script), Some((offer, _))) = (script, meeting.offered()) else {
                return;
            };
            let you = offer
                .people
                .get(offer.you)
                .map(String::as_str)
                .unwrap_or_default();
            let others: Vec<&str> = offer
                .people
                .iter()
                .map(String::as_str)
                .filter(|name| *name != you)
                .collect();
            let values = [
                ("title", script.title.as_str()),
                ("summary", script.summary.as_str()),
                ("you", you),
                ("others", &others.join(", ")),
            ];
            scene.prompt = crate::text::words::fill_lines(&w.offered, &values);
            yes_or_no(scene, w.offered_yes, w.offered_no);
        }
        MeetingStage::Ended(why) => {
            scene.prompt = SafeText::lines(match why {
                MeetingEnd::Version => w.end_version,
                MeetingEnd::SaidNo => w.end_said_no,
                MeetingEnd::HeardNo => w.end_heard_no,
                MeetingEnd::Broken => w.end_broken,
            });
            scene.add_offer(Verb::GoOn, w.home);
        }
    }
}
