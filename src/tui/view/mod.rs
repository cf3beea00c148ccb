//! One composition for every scene.
//!
//! Owns: where things stand on the screen and how they look.
//! Never does: IO, keys, deciding anything; drawing takes what it is given, answers the caret, and cannot fail.
//! May see: session::scene, the desk, the theme, shown, words.

mod body;
mod breath_pace;
mod canvas;
mod choices;
mod clock;
mod footer;
mod header;
mod layout;
mod list;
mod people_row;
mod text_entry;

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;

use crate::session::scene::{ClockShows, Scene, SceneMood};
use crate::text::safe_text::SafeText;
use crate::text::words::{fill, words};

use super::appearance::Appearance;
use super::own_pages::{self, FooterKey};
use super::theme::Palette;
use super::ui_state::{Overlay, UiState};
use body::Body;
pub(crate) use body::Drawn;
pub(crate) use canvas::ClickTarget;
use canvas::{Canvas, wrap};
use footer::FooterRows;
use layout::{LEAST, Layout, Needs, Squeeze};

/// On a wider page what is to be noticed takes no more of a row than on this one: it stands below lines of words.
const WIDEST_NOTICE: u16 = 90;
/// The most rows that notices take.
const MOST_NOTICES: usize = 4;

/// Everything that a picture is made from: two equal ones look the same.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Picture {
    /// The scene.
    pub(crate) scene: Scene,
    /// What the screen holds beside it.
    pub(crate) desk: UiState,
    /// The notice that stands beside any scene.
    pub(crate) standing: Option<SafeText>,
    /// How it looks.
    pub(crate) look: Appearance,
}

/// A scene drawn once, at a size of columns and rows, for a picture of it.
#[must_use]
pub fn still(scene: &Scene, look: Appearance, (width, height): (u16, u16)) -> Buffer {
    let scene = look.calm(scene.clone());
    let mut desk = UiState::default();
    desk.meet(&scene);
    let mut cells = Buffer::empty(Rect::new(0, 0, width, height));
    let picture = Picture {
        scene,
        desk,
        standing: None,
        look,
    };
    picture.draw(&mut cells);
    cells
}

impl Picture {
    /// Whether nothing is new in it but minutes that passed. To whoever listens these are said with the next thing that
    /// changes, and when they ask.
    #[must_use]
    pub(crate) fn only_ticks(&self, last: &Self) -> bool {
        let minutes = |picture: &Self| {
            let clock = picture.scene.clock.as_ref();
            clock.is_some_and(|clock| matches!(clock.shows, ClockShows::Minutes { .. }))
        };
        if !minutes(self) || !minutes(last) {
            return false;
        }
        let mut now = self.clone();
        now.scene.clock.clone_from(&last.scene.clock);
        now.scene.way.clone_from(&last.scene.way);
        now.scene.ends = last.scene.ends;
        now.scene.costs.clone_from(&last.scene.costs);
        now == *last
    }

    /// Draws on a buffer of any size.
    pub(crate) fn draw(&self, buffer: &mut Buffer) -> Drawn {
        let size = (buffer.area.width, buffer.area.height);
        let mut canvas = Canvas::new(buffer, Palette::of(self.look).ink());
        self.draw_on(&mut canvas, size)
    }

    /// What can be pressed with the mouse at a column and a row of a screen of this size.
    #[must_use]
    pub(crate) fn spot_at(
        &self,
        (width, height): (u16, u16),
        at: (u16, u16),
    ) -> Option<ClickTarget> {
        let mut cells = Buffer::empty(Rect::new(0, 0, width, height));
        let mut canvas = Canvas::new(&mut cells, Palette::of(self.look).ink());
        self.draw_on(&mut canvas, (width, height));
        canvas.spot_at(at)
    }

    fn draw_on(&self, canvas: &mut Canvas<'_>, (width, height): (u16, u16)) -> Drawn {
        let colours = Palette::of(self.look);
        let drawn = if width < LEAST.0 || height < LEAST.1 {
            // Whoever is asked something is not told about the window instead.
            match own_pages::over(&self.desk, &self.scene)
                .filter(|_| self.desk.over == Overlay::Leaving)
            {
                Some(question) => small_question(canvas, (width, height), &question, colours),
                None => too_small(canvas, width, height, colours),
            }
            Drawn::default()
        } else {
            self.draw_page(canvas, width, height, colours)
        };
        if self.look.ascii {
            canvas.only_ascii();
        }
        drawn
    }

    fn draw_page(
        &self,
        canvas: &mut Canvas<'_>,
        width: u16,
        height: u16,
        colours: Palette,
    ) -> Drawn {
        let over = own_pages::over(&self.desk, &self.scene);
        let scene = over.as_ref().unwrap_or(&self.scene);
        let neutral = scene.mood == SceneMood::Neutral;
        let keys = own_pages::footer(&self.desk, &self.scene);
        let page = PageContent {
            scene,
            size: (width, height),
            notices: 0,
            keys: &keys,
            colours,
        };
        let (composed, notices, over_way) = self.compose_said(page);
        let ComposedPage {
            plan,
            flow,
            over,
            keys,
        } = &composed;
        if let Some(line) = &over_way {
            let (style, room) = (colours.accent(), plan.page.width);
            canvas.put(plan.page.x, plan.top, line, style, room);
        }
        let beneath = over.as_ref().map(|_| stands(scene));
        let named = beneath.as_ref().unwrap_or(scene);
        if !neutral {
            if over_way.is_none() {
                header::top(canvas, plan, scene, colours, self.look);
            }
            if plan.has_bar {
                header::bar(canvas, plan, &scene.way, colours, self.look.ascii);
            }
            let end = clock::draw(
                canvas,
                plan,
                scene,
                colours,
                self.look.ascii || self.look.heard,
            );
            people_row::head(canvas, plan, named, end, colours);
        } else if over_way.is_none() {
            header::lines_hint(canvas, plan, scene, colours);
        }
        let area = Rect {
            width: plan.body.width.max(plan.list),
            ..plan.body
        };
        let drawn = if let Some(over) = over {
            flow.draw(canvas, area, &UiState::default(), colours);
            let names = people_row::above(canvas, plan, scene, colours);
            let area = Rect {
                y: plan.low.y + names,
                height: plan.low.height.saturating_sub(names),
                ..plan.low
            };
            over.draw(canvas, area, &self.desk, colours)
        } else {
            let drawn = flow.draw(canvas, area, &self.desk, colours);
            people_row::low(canvas, plan, scene, colours);
            drawn
        };
        put_notices(canvas, plan, &notices, colours);
        footer::draw(canvas, plan, keys, colours);
        drawn
    }

    /// The page with what is to be noticed, and a line that stands over the way.
    fn compose_said(
        &self,
        page: PageContent<'_>,
    ) -> (ComposedPage, Vec<(String, bool)>, Option<String>) {
        let compose = |notices: &[(String, bool)]| {
            let notices = u16::try_from(notices.len()).unwrap_or(0);
            let page = PageContent { notices, ..page };
            let over = self.compose_over(&page);
            over.unwrap_or_else(|| self.compose(&page))
        };
        let mut notices = self.notices(page.size);
        let mut composed = compose(&notices);
        // What was agreed makes room before the quiet words for somebody do, or the keys.
        let quiet = notices.iter().any(|(_, quiet)| *quiet);
        if quiet && composed.is_short(&page) {
            notices.retain(|(line, quiet)| !(*quiet || line.is_empty()));
            composed = compose(&notices);
        }
        // What a key did is said for a moment: where no row is free for it, it stands over the way, and nothing moves.
        let agreed =
            own_pages::agreed(&self.desk, &self.scene).is_some_and(|words| !words.is_empty());
        let passing = self.desk.says.is_some() && !quiet && !agreed && self.scene_says().is_none();
        let (true, [(line, _)]) = (passing, &notices[..]) else {
            return (composed, notices, None);
        };
        let without = compose(&[]);
        if (without.plan, without.keys.len()) == (composed.plan, composed.keys.len()) {
            return (composed, notices, None);
        }
        let over_way = Some(line.clone());
        (without, Vec::new(), over_way)
    }

    /// The places and the keys, with this many rows for the others and so much taken from the rest.
    fn places(page: &PageContent<'_>, low: u16, squeeze: Squeeze) -> (Layout, Vec<Vec<FooterKey>>) {
        let (scene, (width, height)) = (page.scene, page.size);
        let neutral = scene.mood == SceneMood::Neutral;
        let clock = clock::seen(scene).filter(|_| !neutral);
        let session = has_places(scene);
        let most = match (squeeze < Squeeze::Keys, session) {
            (false, _) => FooterRows::One,
            (true, true) => FooterRows::Two,
            (true, false) => FooterRows::AtMostTwo,
        };
        let keys = footer::rows(page.keys, Layout::page(width, height).width, most);
        let needs = Needs {
            // Minutes are a word in the row above the question. Beside a list there is no room for anything else.
            clock: clock
                .filter(|clock| !matches!(clock.shows, ClockShows::Minutes { .. }))
                .filter(|clock| clock.large || scene.list.is_empty())
                .map(|clock| clock.large),
            low,
            session,
            notices: page.notices,
            bar: !neutral && !scene.way.is_empty(),
            foot: u16::try_from(keys.len()).unwrap_or(1),
            squeeze,
        };
        (Layout::of(width, height, needs), keys)
    }

    /// What lies over the question of a turn, below it; `None` where nothing does, or where there is not room for both.
    fn compose_over(&self, page: &PageContent<'_>) -> Option<ComposedPage> {
        page.scene.rare.beneath.as_ref()?;
        let whole = stands(page.scene);
        let mut first = whole.clone();
        first.prompt.truncate(1);
        let squeezes = [Squeeze::None].into_iter().chain(Squeeze::MORE);
        let ways = squeezes.flat_map(|squeeze| [(squeeze, &whole), (squeeze, &first)]);
        for (squeeze, question) in ways {
            let low = Self::places(page, 0, squeeze).0.low.width;
            let names = people_row::rows_above(page.scene);
            for most in [page.size.1 / 2, 8, 5, 3] {
                let mut over = Body::of(page.scene, &self.desk, (low, low, most), page.colours);
                over.whispers(page.scene, low, page.colours);
                let rows = over.height() + names;
                let (plan, keys) = Self::places(page, rows, squeeze);
                let room = (plan.body.width, plan.list, plan.body.height);
                let flow = Body::of(question, &UiState::default(), room, page.colours);
                if flow.fits(plan.body.height) && over.fits(plan.low.height - names) {
                    let over = Some(over);
                    return Some(ComposedPage {
                        plan,
                        flow,
                        over,
                        keys,
                    });
                }
            }
        }
        None
    }

    /// The places for a scene. Where there is no room for everything, the question and what can be done about it
    /// come first, and then the quiet words for the others; for them air, the bar and the second row of keys go.
    fn compose(&self, page: &PageContent<'_>) -> ComposedPage {
        let (scene, height) = (page.scene, page.size.1);
        let wide = Self::places(page, 0, Squeeze::None).0.low.width;
        let whole = people_row::low_rows(scene, wide, usize::MAX);
        let fewer = (1..scene.whispers.len()).rev();
        let fewer = fewer.map(|most| people_row::low_rows(scene, wide, most));
        let mut ways = vec![(whole, Squeeze::None)];
        ways.extend(Squeeze::MORE.map(|squeeze| (whole, squeeze)));
        // Half a sentence helps nobody: where nothing makes room for everybody's quiet words, there are as many as fit, and
        // where not even the first do, only who they are for.
        ways.extend(
            fewer
                .chain([whole.min(1), 0])
                .map(|low| (low, Squeeze::Keys)),
        );
        let placed = |(low, squeeze), widened: bool| {
            let (mut plan, keys) = Self::places(page, low, squeeze);
            if widened {
                plan.body.width = plan.widest;
                plan.list = plan.widest;
            }
            let room = (plan.body.width, plan.list, plan.body.height);
            let flow = Body::of(scene, &self.desk, room, page.colours);
            ComposedPage {
                plan,
                flow,
                over: None,
                keys,
            }
        };
        let fits = |composed: &ComposedPage| composed.flow.fits(composed.plan.body.height);
        // Longer lines are harder to read, but easier than a list whose end is not seen.
        let widened = !scene.list.is_empty();
        let keeps_keys = |(_, squeeze): &&(u16, Squeeze)| height < 22 || *squeeze < Squeeze::Keys;
        let wide = ways.iter().filter(|_| widened).filter(keeps_keys);
        let wide = wide.map(|way| (*way, true));
        let ways = ways.iter().filter(|way| !widened || keeps_keys(way));
        let ways = ways.map(|way| (*way, false)).chain(wide);
        let mut placed_all = ways.map(|(way, widened)| placed(way, widened));
        placed_all.find(fits).unwrap_or_else(|| {
            // A page that has to be turned anyway leaves the keys where they are.
            let squeeze = match (height < 22, has_places(scene)) {
                (true, true) => Squeeze::Pack,
                (true, false) => Squeeze::Keys,
                (false, _) => Squeeze::Bar,
            };
            placed((0, squeeze), widened)
        })
    }

    /// What the scene says beside the question, or what it costs.
    fn scene_says(&self) -> Option<&SafeText> {
        let (notice, costs) = (self.scene.notice.as_ref(), self.scene.costs.as_ref());
        let says = match self.scene.rare.gives_way {
            true => costs.or(notice),
            false => notice.or(costs),
        };
        says.filter(|words| !words.is_empty())
    }

    /// What is to be noticed, and whether it is said quietly: what was agreed, what stands, then what the scene says or,
    /// for a while, what the desk says. That takes as many rows as what it stands for, so that nothing moves.
    fn notices(&self, (width, height): (u16, u16)) -> Vec<(String, bool)> {
        let width = width.min(WIDEST_NOTICE).saturating_sub(8);
        let rows = |words: Option<&SafeText>, quiet| -> Vec<_> {
            let words = words.filter(|words| !words.is_empty());
            let lines = words.map(|words| wrap(words.as_str(), width));
            let lines = lines.into_iter().flatten();
            lines.map(|line| (line, quiet)).collect()
        };
        let mut agreed = rows(own_pages::agreed(&self.desk, &self.scene), true);
        let mut own = rows(self.scene_says(), false);
        own.extend(rows(self.scene.rare.elsewhere.as_ref(), false));
        let mut passing = match &self.desk.says {
            Some(says) => rows(Some(says), false),
            None => own.clone(),
        };
        // On a small screen what a key did stands for a while in the rows of what was agreed.
        let instead = height < 22 && own.is_empty() && self.desk.says.is_some();
        let least = match instead {
            true => agreed.len(),
            false => own
                .len()
                .max(usize::from(!agreed.is_empty() && height >= 22)),
        };
        let missing = least.saturating_sub(passing.len());
        let blank = std::iter::repeat_n((String::new(), false), missing);
        passing.splice(0..0, blank);
        let standing = rows(self.standing.as_ref(), false);
        // Half a sentence helps nobody: what was agreed goes as a whole.
        if instead || agreed.len() + standing.len() + passing.len() > MOST_NOTICES {
            agreed.clear();
        }
        let mut lines = [agreed, standing, passing].concat();
        lines.truncate(MOST_NOTICES);
        lines
    }
}

/// What a page is composed of.
#[derive(Clone, Copy)]
struct PageContent<'a> {
    scene: &'a Scene,
    size: (u16, u16),
    notices: u16,
    keys: &'a [FooterKey],
    colours: Palette,
}

/// What stands where.
struct ComposedPage {
    plan: Layout,
    /// The question.
    flow: Body,
    /// What lies over it, in the lower part of the page.
    over: Option<Body>,
    keys: Vec<Vec<FooterKey>>,
}

/// What is to be noticed, from the bottom up.
fn put_notices(
    canvas: &mut Canvas<'_>,
    plan: &Layout,
    notices: &[(String, bool)],
    colours: Palette,
) {
    let room = plan.page.right().saturating_sub(plan.body.x);
    let mut y = plan.notice + 1;
    for (line, quiet) in notices.iter().rev() {
        y = y.saturating_sub(1);
        let style = if *quiet {
            colours.quiet()
        } else {
            colours.accent()
        };
        canvas.put(plan.body.x, y, line, style, room);
    }
}

impl ComposedPage {
    /// Whether something of the page had to go: some of the quiet words, or a row of the keys where there are two.
    fn is_short(&self, page: &PageContent<'_>) -> bool {
        let low = self.plan.low;
        let whole = people_row::low_rows(page.scene, low.width, usize::MAX);
        let (_, keys) = Picture::places(page, 0, Squeeze::None);
        let short = page.size.1 >= 22 && self.keys.len() < keys.len();
        self.over.is_none() && (low.height < whole || short)
    }
}

/// The question of a turn that something lies over: its words alone, for now nothing answers it.
fn stands(scene: &Scene) -> Scene {
    let beneath = scene.rare.beneath.clone();
    let (to, prompt) =
        beneath.map_or_else(Default::default, |beneath| (beneath.to, beneath.prompt));
    Scene {
        mood: scene.mood,
        way: scene.way.clone(),
        title: scene.title.clone(),
        people: scene.people.clone(),
        to,
        prompt,
        ..Scene::default()
    }
}

/// Whether the places of a session are kept, so that they stand where they stood.
fn has_places(scene: &Scene) -> bool {
    match scene.mood {
        SceneMood::Walking | SceneMood::Held | SceneMood::Closing => true,
        SceneMood::Home | SceneMood::Closed => people_row::has_head(scene) || scene.clock.is_some(),
        SceneMood::Neutral => false,
    }
}

/// What is said where there is no room for a session.
fn too_small(canvas: &mut Canvas<'_>, width: u16, height: u16, colours: Palette) {
    let say = &words().tui;
    let columns_short = LEAST.0.saturating_sub(width);
    let rows_short = LEAST.1.saturating_sub(height);
    let template = match (columns_short, rows_short) {
        (_, 0) => &say.too_small_columns,
        (0, _) => &say.too_small_rows,
        (_, _) => &say.too_small_both,
    };
    let numbers = [
        ("width", width.to_string()),
        ("height", height.to_string()),
        ("columns", columns_short.to_string()),
        ("rows", rows_short.to_string()),
    ];
    let values: Vec<_> = numbers
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    // The number that is missing comes first: at a few rows only that is left.
    let sentences = [
        fill(template, &values),
        fill(&say.too_small, &values),
        SafeText::new(say.too_small_next),
    ];
    let sentences = sentences.each_ref().map(SafeText::as_str);
    sentences_on(canvas, (width, height), &sentences, colours);
}

/// A question of the screen's own where there is no room for a session.
fn small_question(canvas: &mut Canvas<'_>, size: (u16, u16), scene: &Scene, colours: Palette) {
    let sentences: Vec<&str> = scene.prompt.iter().map(SafeText::as_str).collect();
    sentences_on(canvas, size, &sentences, colours);
}

/// Sentences from the top, the first one strong.
fn sentences_on(
    canvas: &mut Canvas<'_>,
    (width, height): (u16, u16),
    sentences: &[&str],
    colours: Palette,
) {
    let edge = u16::from(width > 30);
    let room = width.saturating_sub(edge * 2);
    let mut y = u16::from(height > 8);
    for (n, sentence) in sentences.iter().enumerate() {
        let style = if n == 0 {
            colours.strong()
        } else {
            colours.ink()
        };
        for line in wrap(sentence, room) {
            canvas.put(edge, y, &line, style, room);
            y = y.saturating_add(1);
        }
    }
}

#[cfg(test)]
#[path = "../../test_support/drawn.rs"]
mod drawn;
#[cfg(test)]
pub(super) use drawn::drawn_everywhere;
#[cfg(test)]
mod gallery_tests;
#[cfg(test)]
mod notebook_tests;
#[cfg(test)]
mod records_tests;
#[cfg(test)]
mod steady_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk_tests;
