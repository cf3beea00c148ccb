//! Cells as an SVG: words as text, blocks as rectangles, so that every font shows the same picture.

use std::fmt::Write;

use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::style::{Color, Modifier};

/// The size of a cell and the margin around the screen, in pixels.
const CELL: (usize, usize) = (9, 19);
const MARGIN: usize = 12;

/// A block as the eighths of a cell that it fills: from the left, from the top, and how wide and high.
fn block(symbol: &str) -> Option<(usize, usize, usize, usize)> {
    Some(match symbol {
        "█" => (0, 0, 8, 8),
        "▀" => (0, 0, 8, 4),
        "▄" => (0, 4, 8, 4),
        "▁" => (0, 7, 8, 1),
        "▌" => (0, 0, 4, 8),
        _ => return None,
    })
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "pictures are drawn with all the colours, and those are these"
)]
fn hex(color: Color) -> String {
    match color {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => "none".to_owned(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Pixels without trailing zeros; a cell's eighths are rarely whole.
fn pixels(cells: usize, eighths: usize, size: usize) -> String {
    let thousandths = (cells * 8 + eighths) * size * 1000 / 8;
    let (whole, rest) = (MARGIN + thousandths / 1000, thousandths % 1000);
    if rest == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{rest:03}")
            .trim_end_matches('0')
            .to_owned()
    }
}

/// A piece of a row that is drawn at once.
struct Run {
    x: usize,
    cells: usize,
    text: String,
    fg: Color,
    bold: bool,
}

/// Cells of the same kind and colour beside each other.
fn runs(row: &[Cell]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut blank = true;
    for (x, cell) in row.iter().enumerate() {
        let symbol = cell.symbol();
        let bold = cell.modifier.contains(Modifier::BOLD) && block(symbol).is_none();
        let joins = runs.last().is_some_and(|run| {
            let same = run.fg == cell.fg && run.bold == bold && run.x + run.cells == x;
            let blocks = block(symbol);
            let last = run.text.chars().next_back().map(String::from);
            same && blocks == last.as_deref().and_then(block)
                && (blocks.is_none() || last.as_deref() == Some(symbol))
        });
        if symbol == " " {
            // One blank belongs to the words around it; more end them.
            let inside = joins && !blank && row.get(x + 1).is_some_and(|next| next.symbol() != " ");
            if let Some(run) = runs.last_mut().filter(|_| inside) {
                run.text.push(' ');
                run.cells += 1;
            }
            blank = true;
            continue;
        }
        blank = false;
        match runs.last_mut().filter(|_| joins) {
            Some(run) => {
                run.text.push_str(symbol);
                run.cells += 1;
            }
            None => runs.push(Run {
                x,
                cells: 1,
                text: symbol.to_owned(),
                fg: cell.fg,
                bold,
            }),
        }
    }
    // A viewer may drop a blank at the end and stretch the rest to its length.
    for run in &mut runs {
        let blanks = run.text.len() - run.text.trim_end().len();
        run.text.truncate(run.text.len() - blanks);
        run.cells -= blanks;
    }
    runs
}

fn rectangle(out: &mut String, run: &Run, y: usize, symbol: &str) {
    let Some((left, top, wide, high)) = block(symbol) else {
        return;
    };
    let last = run.x + run.cells - 1;
    let edge = |cell, eighths, size| pixels(cell, eighths, size);
    let width = (last - run.x) * CELL.0 * 1000 + wide * CELL.0 * 125;
    let height = high * CELL.1 * 125;
    let _ = writeln!(
        out,
        r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>"#,
        edge(run.x, left, CELL.0),
        edge(y, top, CELL.1),
        thousandths(width),
        thousandths(height),
        hex(run.fg),
    );
}

fn thousandths(value: usize) -> String {
    let text = format!("{}.{:03}", value / 1000, value % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn words(out: &mut String, run: &Run, y: usize) {
    let weight = if run.bold {
        r#" font-weight="bold""#
    } else {
        ""
    };
    // The length is given, so that a font of another width keeps every column where it is.
    let _ = writeln!(
        out,
        r#"<text x="{}" y="{}" textLength="{}" fill="{}"{weight}>{}</text>"#,
        pixels(run.x, 0, CELL.0),
        pixels(y, 6, CELL.1),
        run.cells * CELL.0,
        hex(run.fg),
        escape(&run.text),
    );
}

/// How wide a screen is in a small video, in pixels.
pub const VIDEO: usize = 640;

/// The same picture as wide as it is in a small video.
pub fn in_video(svg: &str) -> String {
    let size = |name: &str| -> Option<(String, usize)> {
        let from = svg.find(name)? + name.len();
        let digits: String = svg
            .get(from..)?
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let size = digits.parse().ok()?;
        Some((format!("{name}{digits}\""), size))
    };
    let (Some((wide, width)), Some((high, height))) = (size(" width=\""), size(" height=\""))
    else {
        return svg.to_owned();
    };
    svg.replacen(&wide, &format!(" width=\"{VIDEO}\""), 1)
        .replacen(&high, &format!(" height=\"{}\"", height * VIDEO / width), 1)
}

/// The picture of a screen; `says` is read to those who do not see it.
pub fn svg(screen: &Buffer, says: &str) -> String {
    let area = screen.area;
    let (width, height) = (
        usize::from(area.width) * CELL.0 + 2 * MARGIN,
        usize::from(area.height) * CELL.1 + 2 * MARGIN,
    );
    let ground = screen.content.first().map_or(Color::Reset, |cell| cell.bg);
    let says = escape(says);
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{says}" font-family="'DejaVu Sans Mono', Menlo, Consolas, ui-monospace, monospace" font-size="15">
<title>{says}</title>
<rect width="{width}" height="{height}" rx="8" fill="{}"/>
"#,
        hex(ground)
    );
    let cells = screen.content.chunks(usize::from(area.width).max(1));
    for (y, row) in cells.enumerate() {
        for run in runs(row) {
            let first = run.text.chars().next().map(String::from);
            match first.filter(|symbol| block(symbol).is_some()) {
                Some(symbol) => rectangle(&mut out, &run, y, &symbol),
                None => words(&mut out, &run, y),
            }
        }
    }
    out.push_str("</svg>\n");
    out
}
