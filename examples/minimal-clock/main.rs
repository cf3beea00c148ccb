//! The least that a clock beside a question can be: what `benches/feel.rs` measures the program against.
//!
//! It draws as everybody draws with ratatui, wakes once a second, and turns its page at `n`. `q` ends it.
#![allow(
    clippy::disallowed_methods,
    clippy::wildcard_enum_match_arm,
    reason = "it is no part of the program: it reads a clock, and knows two keys"
)]

use std::io;
use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Color, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph, Wrap};

const PAGES: [&str; 2] = [
    "Look around the room, slowly, and let your eyes rest where they like to rest. Notice where your body is \
     held, by the chair or by the floor. Nothing else has to happen now.",
    "Who is here today, as you listen inward? Take the first one that comes, a word or a picture or something \
     in your body, and greet it. You need not know anything else about it yet.",
];
const LENGTH: Duration = Duration::from_secs(25 * 60);

fn main() -> io::Result<()> {
    let mut terminal = ratatui::init();
    let begun = Instant::now();
    let mut page = PAGES.iter().cycle();
    let mut words = page.next();
    loop {
        let left = LENGTH.saturating_sub(begun.elapsed());
        let seconds = left.as_millis().div_ceil(1000);
        terminal.draw(|frame| draw(frame, words.copied().unwrap_or_default(), seconds))?;
        let next = Duration::from_millis(1000 - u64::from(begun.elapsed().subsec_millis()));
        if event::poll(next)?
            && let Event::Key(key) = event::read()?
        {
            match key.code {
                KeyCode::Char('n') => words = page.next(),
                KeyCode::Char('q') => break,
                _ => {}
            }
        }
    }
    ratatui::restore();
    Ok(())
}

fn draw(frame: &mut Frame<'_>, words: &str, seconds: u128) {
    let rows = [
        Constraint::Length(1),
        Constraint::Min(3),
        Constraint::Length(1),
    ];
    let [top, middle, bottom] = Layout::vertical(rows).areas(frame.area());
    let clock = format!("left {:02}:{:02}", seconds / 60, seconds % 60);
    frame.render_widget(Line::styled(clock, Style::new().fg(Color::Cyan)), top);
    let words = Paragraph::new(words).wrap(Wrap { trim: true });
    frame.render_widget(words.block(Block::bordered()), middle);
    let keys = Style::new().fg(Color::DarkGray);
    frame.render_widget(Line::styled("n next   q quit", keys), bottom);
}
