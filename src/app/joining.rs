//! Several terminals on their way into one session: the ticket, the three words, what is offered.

use std::sync::Arc;
use std::time::Duration;

use super::door::{Arrived, Door, REFUSED, end_of, put_offer, put_words};
use super::home_loader::planned_begin;
use super::link_program::{LinkNews, LinkOrder, LinkProgram};
use super::{Scripts, sent_script};
use crate::home::{Setup, length};
use crate::joined::Line;
use crate::joined::meeting::{Meeting, MeetingStage};
use crate::joined::message::{Message, OfferedSession};
use crate::menu::page::PageIntent;
use crate::notebook::Notebooks;
use crate::script::{Script, Who};
use crate::session::Session;
use crate::session::intent::{Intent, Refused};
use crate::session::scene::{ListItem, Scene, Verb};
use crate::session::setup::{Begin, Length};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, fill_lines, joined, words};
use crate::time::moment::Moment;

/// The most letters of a relay's name.
const MOST_RELAY: usize = 100;

/// What the other program says of a ticket that is none.
const TORN: [&str; 2] = ["bad-ticket", "damaged-ticket"];

/// The most that comes behind the beginning before the session is there.
const MOST_BEHIND: usize = 20_000;

/// On the way into a session at several terminals.
pub(super) struct Joining {
    link: LinkProgram,
    side: JoiningSide,
    /// What is wrong: nothing begins.
    trouble: Option<SafeText>,
    /// Why somebody is not there any more, at the host's of several.
    said: Option<SafeText>,
    /// Whether what was pasted is no ticket.
    torn: bool,
    /// Draws a text that nobody can foresee.
    random: fn() -> String,
}

/// Which side this is.
pub(super) enum JoiningSide {
    /// The host's: what is to begin, and who comes.
    Host {
        setup: Box<Setup>,
        ticket: Option<String>,
        door: Box<Door>,
    },
    /// The guest's.
    Guest(Box<GuestSide>),
}

/// What a guest's program knows on its way.
pub(super) struct GuestSide {
    scripts: Scripts,
    /// Where the ticket names a relay, and nobody has said whether it may be used.
    relay: Option<SafeText>,
    meeting: Option<(u32, Meeting)>,
    script: Option<Arc<Script>>,
    /// How long each has in turns, as it is planned.
    each: Option<SafeText>,
    /// What the host has begun, how many entries follow, and what has come of them.
    begun: Option<(Box<Begin>, u64, Vec<Message>)>,
    /// Tells whether somebody has a notebook here.
    notebooks: Notebooks,
}

/// What comes of it.
pub(super) enum JoinedUp {
    /// At the host's: what is to begin, and with whom.
    Host {
        link: Box<LinkProgram>,
        setup: Box<Setup>,
        guests: Vec<Arrived>,
    },
    /// At a guest's.
    Guest(Box<GuestUp>),
}

/// What comes of it at a guest's.
pub(super) struct GuestUp {
    pub(super) link: LinkProgram,
    pub(super) peer: u32,
    pub(super) line: Line,
    pub(super) script: Arc<Script>,
    pub(super) offer: OfferedSession,
    pub(super) begin: Begin,
    pub(super) entries: u64,
    pub(super) behind: Vec<Message>,
    /// Whether they have a notebook here.
    pub(super) notebook: bool,
}

/// No word of it: `Debug` ends up in panics.
impl std::fmt::Debug for Joining {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Joining")
    }
}

impl Joining {
    pub(super) fn host(
        link: LinkProgram,
        setup: Setup,
        script: &Script,
        random: fn() -> String,
    ) -> Self {
        let minutes = match setup.length {
            Length::Minutes(n) => Some(n),
            Length::Until(_) => None,
        };
        let door = Door::new(script, &setup.people, setup.first, minutes);
        let side = JoiningSide::Host {
            setup: Box::new(setup),
            ticket: None,
            door: Box::new(door),
        };
        Self::new(link, side, random)
    }

    pub(super) fn guest(
        link: LinkProgram,
        scripts: Scripts,
        notebooks: Notebooks,
        random: fn() -> String,
    ) -> Self {
        let side = GuestSide {
            scripts,
            relay: None,
            meeting: None,
            script: None,
            each: None,
            begun: None,
            notebooks,
        };
        Self::new(link, JoiningSide::Guest(Box::new(side)), random)
    }

    fn new(link: LinkProgram, side: JoiningSide, random: fn() -> String) -> Self {
        Self {
            link,
            side,
            trouble: None,
            said: None,
            torn: false,
            random,
        }
    }

    /// Takes what the other program has told, and says what is due.
    pub(super) fn follow(&mut self, now: Moment) {
        for news in self.link.take(now.mono) {
            self.hear(news, now);
        }
        self.talk(now);
        match &mut self.side {
            JoiningSide::Host { .. } => self.look_at_ended(),
            JoiningSide::Guest(guest) => {
                if let Some(sentence) = guest.look_at_offer(now) {
                    self.fails(sentence);
                }
            }
        }
        self.talk(now);
    }

    /// Says what is due.
    fn talk(&mut self, now: Moment) {
        let said = match &mut self.side {
            JoiningSide::Host { door, .. } => door.take(now),
            JoiningSide::Guest(guest) => guest.take(now),
        };
        for (to, text) in said {
            self.link.tell(&LinkOrder::Line { to, text: &text });
        }
    }

    fn hear(&mut self, news: LinkNews, now: Moment) {
        let w = &words().joined;
        let random = self.random;
        if self.is_over() {
            // What is said of it stays; and nobody else is let in.
            if let LinkNews::Peer { id, .. } = news {
                self.link.tell(&LinkOrder::Refuse { id });
            }
            return;
        }
        match (news, &mut self.side) {
            (LinkNews::Ready { v: 1 } | LinkNews::Again(_) | LinkNews::Down(_), _) => {}
            (LinkNews::Ready { .. }, _) => self.fails(SafeText::new(w.link_version)),
            (LinkNews::Error(code), JoiningSide::Guest(_)) if TORN.contains(&code.as_str()) => {
                self.torn = true;
            }
            (LinkNews::Error(code), _) => self.fails(link_error(&code)),
            (LinkNews::Ended, _) => self.fails(SafeText::new(w.link_ended)),
            (LinkNews::Ticket(text), JoiningSide::Host { ticket, .. }) => *ticket = Some(text),
            (LinkNews::Peer { id, proof }, JoiningSide::Host { door, .. }) => {
                door.meet(id, &proof, &random(), now);
            }
            (LinkNews::Line { from, text }, JoiningSide::Host { door, .. }) => {
                door.hear(from, &text, now);
            }
            (LinkNews::Up { id }, JoiningSide::Host { door, .. }) => door.is_back(id),
            (LinkNews::Gone { id, why }, JoiningSide::Host { door, .. }) => {
                if door.gone(id, &why) {
                    // Somebody else may come with the same ticket.
                    self.link.tell(&LinkOrder::Open(true));
                }
            }
            (LinkNews::Gone { why, .. }, JoiningSide::Guest(guest)) => match &mut guest.meeting {
                Some((_, meeting)) if why == REFUSED => meeting.is_put_out(),
                Some(_) | None => self.fails(gone(&why)),
            },
            (news, JoiningSide::Guest(guest)) => guest.hear(news, &random, now),
            (_, JoiningSide::Host { .. }) => {}
        }
    }

    fn fails(&mut self, sentence: SafeText) {
        self.trouble.get_or_insert(sentence);
    }

    /// With whom nothing begins is put out. Where there are only two, or the words were others, that is the end of it; of
    /// several, somebody else may come in their place.
    fn look_at_ended(&mut self) {
        let JoiningSide::Host { door, .. } = &mut self.side else {
            return;
        };
        let two = door.people().len() == 2;
        for (id, why, spent) in door.take_ended() {
            self.link.tell(&LinkOrder::Refuse { id });
            if spent {
                // Whoever stands between them may have the ticket, too.
                for id in door.put_all_out() {
                    self.link.tell(&LinkOrder::Refuse { id });
                }
            }
            if two || spent {
                self.trouble.get_or_insert(why);
            } else {
                self.said = Some(why);
                self.link.tell(&LinkOrder::Open(true));
            }
        }
    }

    /// Whether all have said yes to everything.
    pub(super) fn is_agreed(&self) -> bool {
        if self.trouble.is_some() {
            return false;
        }
        match &self.side {
            JoiningSide::Host { door, .. } => door.arrived() + 1 == door.people().len(),
            JoiningSide::Guest(guest) => guest.begun.is_some(),
        }
    }

    /// What comes of it; `None` where nobody is there.
    pub(super) fn into_session(self) -> Option<JoinedUp> {
        let link = self.link;
        match self.side {
            JoiningSide::Host {
                setup, mut door, ..
            } => {
                let guests = door.take_arrived();
                Some(JoinedUp::Host {
                    link: Box::new(link),
                    setup,
                    guests,
                })
            }
            JoiningSide::Guest(guest) => {
                let (peer, meeting) = guest.meeting?;
                let (begin, entries, behind) = guest.begun?;
                Some(JoinedUp::Guest(Box::new(GuestUp {
                    link,
                    peer,
                    script: guest.script?,
                    offer: meeting.offered()?.0.clone(),
                    begin: *begin,
                    entries,
                    behind,
                    notebook: matches!(meeting.stage(), MeetingStage::Agreed { notebook: true }),
                    line: meeting.into_line(),
                })))
            }
        }
    }

    /// Takes what the person here asks; answers whether they leave.
    pub(super) fn ask(&mut self, intent: &PageIntent, now: Moment) -> Result<bool, Refused> {
        let nobody = || Refused(SafeText::new(words().joined.nobody_yet));
        match intent {
            PageIntent::GoOn if self.is_over() => return Ok(true),
            PageIntent::Back => return Ok(true),
            PageIntent::Answer(n) if self.trouble.is_none() => {
                self.said = None;
                match &mut self.side {
                    JoiningSide::Host { door, .. } => {
                        let missing: Vec<usize> = (1..door.people().len()).collect();
                        door.answer(*n, &missing).ok_or_else(nobody)?;
                    }
                    JoiningSide::Guest(guest) => match guest.answer(*n).ok_or_else(nobody)? {
                        GuestAnswer::Stays => {}
                        GuestAnswer::Tells(order) => {
                            // A no is said before the line is closed.
                            self.talk(now);
                            self.link.tell(&order);
                        }
                        GuestAnswer::Leaves => {
                            self.link.tell(&LinkOrder::Dial(false));
                            return Ok(true);
                        }
                    },
                }
            }
            PageIntent::GoOn
            | PageIntent::Answer(_)
            | PageIntent::Write(_)
            | PageIntent::Rate(_) => return Err(nobody()),
        }
        self.follow(now);
        Ok(false)
    }

    /// Whether what was pasted is no ticket: it is asked for again.
    pub(super) fn is_torn(&self) -> bool {
        self.torn
    }

    /// Whether nothing begins any more.
    fn is_over(&self) -> bool {
        let ended = match &self.side {
            JoiningSide::Host { .. } => false,
            JoiningSide::Guest(guest) => guest
                .meeting
                .as_ref()
                .is_some_and(|(_, meeting)| matches!(meeting.stage(), MeetingStage::Ended(_))),
        };
        ended || self.torn || self.trouble.is_some()
    }

    /// How long until something is to be said.
    pub(super) fn next_wake(&self, now: Moment) -> Option<Duration> {
        let meeting = match &self.side {
            JoiningSide::Host { door, .. } => door.next_wake(now),
            JoiningSide::Guest(guest) => {
                let meeting = guest.meeting.as_ref();
                meeting.map(|(_, meeting)| meeting.next_wake(now.mono))
            }
        };
        let link = self.link.next_wake(now.mono);
        meeting.into_iter().chain(link).min()
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
        match &self.side {
            JoiningSide::Host { ticket, door, .. } => put_host(&mut scene, ticket.as_ref(), door),
            JoiningSide::Guest(guest) => guest.put(&mut scene),
        }
        scene.notice = self.said.clone();
        if !self.is_over() {
            scene.add_offer(Verb::Back, w.not_now);
        }
        scene
    }
}

/// What the host sees until all are there.
fn put_host(scene: &mut Scene, ticket: Option<&String>, door: &Door) {
    let w = &words().joined;
    let missing: Vec<usize> = (1..door.people().len()).collect();
    if !door.is_empty() && (missing.len() == 1 || door.asks()) {
        return door.put(scene, &missing);
    }
    let Some(ticket) = ticket else {
        scene.prompt = vec![SafeText::new(w.ticket_comes)];
        return;
    };
    let waits = joined(door.people().get(1..).unwrap_or_default());
    scene.prompt = match missing.len() {
        1 => fill_lines(&w.ticket, &[("name", &waits)]),
        _ => SafeText::lines(w.ticket_several),
    };
    let item = |lead: &str, words: &str| ListItem {
        lead: SafeText::new(lead),
        words: SafeText::new(words),
        now: false,
    };
    if missing.len() == 1 {
        scene.list.push(item("", ticket));
    } else {
        // Beside the list, which changes: nobody listens to a ticket again and again.
        scene.prompt.push(SafeText::new(ticket));
        let state = |who: &usize| {
            let name = door.people().get(*who).map_or("", String::as_str);
            item(name, door.told(*who))
        };
        scene.list.extend(missing.iter().map(state));
    }
}

/// What becomes of an answer of the guest's.
enum GuestAnswer {
    Stays,
    Tells(LinkOrder<'static>),
    Leaves,
}

impl GuestSide {
    fn hear(&mut self, news: LinkNews, random: &dyn Fn() -> String, now: Moment) {
        match news {
            LinkNews::Relay(name) => self.relay = Some(SafeText::short(&name, MOST_RELAY)),
            LinkNews::Peer { id, proof } => {
                self.meeting = Some((id, Meeting::guest(&proof, &random(), now.mono)));
            }
            LinkNews::Line { from, text } => self.take_in(from, &text, now),
            LinkNews::Up { id } => {
                if let Some((_, meeting)) = self.meeting.as_mut().filter(|(peer, _)| *peer == id) {
                    meeting.is_back();
                }
            }
            LinkNews::Ready { .. }
            | LinkNews::Ticket(_)
            | LinkNews::Down(_)
            | LinkNews::Gone { .. }
            | LinkNews::Error(_)
            | LinkNews::Again(_)
            | LinkNews::Ended => {}
        }
    }

    fn take_in(&mut self, from: u32, text: &str, now: Moment) {
        let Some((_, meeting)) = self.meeting.as_mut().filter(|(peer, _)| *peer == from) else {
            return;
        };
        match (meeting.hear(text, now.mono), &mut self.begun) {
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

    fn take(&mut self, now: Moment) -> Vec<(u32, String)> {
        let Some((peer, meeting)) = &mut self.meeting else {
            return Vec::new();
        };
        meeting.look(now.mono);
        let said = meeting.take(now.mono).into_iter();
        said.map(|text| (*peer, text)).collect()
    }

    /// Reads the script that is offered: one's own of the same content, or the one that was sent. What is wrong with it
    /// is said at once.
    fn look_at_offer(&mut self, now: Moment) -> Option<SafeText> {
        let (_, meeting) = self.meeting.as_mut()?;
        if self.script.is_some() || *meeting.stage() != MeetingStage::Offered {
            return None;
        }
        let (offer, texts) = meeting.offered()?;
        let known = self.scripts.find(&offer.script);
        let known = known.filter(|script| script.hash == offer.hash).cloned();
        let found = match known {
            Some(known) => Ok(known),
            None if texts.is_empty() => {
                let name = SafeText::short(&offer.script, 60);
                Err(fill(
                    &words().joined.other_script,
                    &[("name", name.as_str())],
                ))
            }
            None => sent_script::checked(&offer.script, &offer.hash, texts),
        };
        let people = offer.people.len();
        let found = found.and_then(|script| match u8::try_from(people) {
            Ok(people) if script.people.takes(people) => Ok(script),
            _ => Err(SafeText::new(words().joined.end_broken)),
        });
        match found {
            Ok(script) => {
                self.each = each_has(&script, offer, now);
                self.script = Some(script);
                None
            }
            Err(sentence) => {
                meeting.accept(false, false);
                Some(sentence)
            }
        }
    }

    /// Takes an answer; `None` where nothing is asked.
    fn answer(&mut self, n: usize) -> Option<GuestAnswer> {
        let yes = match n {
            0 => true,
            1 => false,
            _ => return None,
        };
        let Some((peer, meeting)) = &mut self.meeting else {
            self.relay.take()?;
            return Some(match yes {
                true => GuestAnswer::Tells(LinkOrder::Dial(true)),
                false => GuestAnswer::Leaves,
            });
        };
        match meeting.stage() {
            MeetingStage::Words { yes: false } => {
                meeting.say(yes);
                let id = *peer;
                Some(match yes {
                    true => GuestAnswer::Stays,
                    false => GuestAnswer::Tells(LinkOrder::Refuse { id }),
                })
            }
            MeetingStage::Offered => {
                let me = meeting
                    .offered()
                    .and_then(|(offer, _)| offer.people.get(offer.you));
                let notebook = me.is_some_and(|me| matches!(self.notebooks.of(me), Ok(Some(_))));
                meeting.accept(yes, notebook);
                Some(GuestAnswer::Stays)
            }
            MeetingStage::Greeting
            | MeetingStage::Words { yes: true }
            | MeetingStage::Offering
            | MeetingStage::Agreed { .. }
            | MeetingStage::Ended(_) => None,
        }
    }

    fn put(&self, scene: &mut Scene) {
        let w = &words().joined;
        let Some((_, meeting)) = &self.meeting else {
            let Some(relay) = &self.relay else {
                scene.prompt = vec![SafeText::new(w.calling)];
                return;
            };
            scene.prompt = fill_lines(&w.relay, &[("relay", relay.as_str())]);
            scene.add_choice(SafeText::new(w.relay_yes), Intent::Answer { n: 0 });
            scene.add_choice(SafeText::new(w.relay_no), Intent::Answer { n: 1 });
            return;
        };
        match meeting.stage() {
            MeetingStage::Greeting => scene.prompt = vec![SafeText::new(w.greeting)],
            MeetingStage::Words { yes } => {
                put_words(scene, meeting, *yes);
                if !*yes {
                    scene.add_choice(SafeText::new(w.words_same), Intent::Answer { n: 0 });
                    scene.add_choice(SafeText::new(w.words_other), Intent::Answer { n: 1 });
                }
            }
            MeetingStage::Offering => scene.prompt = vec![SafeText::new(w.waits_for_offer)],
            MeetingStage::Agreed { .. } => scene.prompt = vec![SafeText::new(w.waits_for_all)],
            MeetingStage::Offered => {
                if let (Some(script), Some((offer, _))) = (&self.script, meeting.offered()) {
                    put_offer(scene, offer, script, self.each.as_ref());
                }
            }
            MeetingStage::Ended(why) => {
                scene.prompt = vec![end_of(*why, meeting)];
                scene.add_offer(Verb::GoOn, w.home);
            }
        }
    }
}

/// How long each has in turns by this offer; nothing, where it does not fit, or nobody's are the same.
fn each_has(script: &Arc<Script>, offer: &OfferedSession, now: Moment) -> Option<SafeText> {
    let setup = Setup {
        script: script.name.clone(),
        people: offer.people.clone(),
        length: Length::Minutes(offer.minutes.unwrap_or(script.minutes)),
        first: Who::at(offer.first),
        wording: None,
    };
    let session = Session::begin(script, planned_begin(script, &setup, now)).ok()?;
    let turns = session.planned_turns();
    let (one, others) = turns.split_first()?;
    let same = !one.is_zero() && others.iter().all(|other| other == one);
    same.then(|| length(*one))
}

/// Why somebody is gone, as a sentence.
pub(super) fn gone(why: &str) -> SafeText {
    let w = &words().joined;
    SafeText::new(match why {
        REFUSED => w.gone_refused,
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
        "newer-ticket" => w.end_version,
        "no-network" | "bind" => w.no_network,
        "relay" | "bad-relay" => w.no_relay,
        _ => w.link_ended,
    })
}
