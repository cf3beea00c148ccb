//! The colours of the themes, each in every depth that a terminal may have.

use toml::Value;

use crate::rust::camel;
use crate::shape::{Need, Shape, Struct};

/// `src/tui/themes.toml`: every theme, every colour in every depth, and nothing else.
pub const THEMES: Struct = Struct {
    name: "Themes",
    keys: &[
        ("night", Need::Must, Shape::Struct(SHADES)),
        ("ember", Need::Must, Shape::Struct(SHADES)),
        ("day", Need::Must, Shape::Struct(SHADES)),
        ("paper", Need::Must, Shape::Struct(SHADES)),
        ("contrast", Need::Must, Shape::Struct(SHADES)),
    ],
};

const SHADES: Struct = Struct {
    name: "Shades",
    keys: &[
        ("ground", Need::Must, Shape::Made(shade)),
        ("ink", Need::Must, Shape::Made(shade)),
        ("quiet", Need::Must, Shape::Made(shade)),
        ("accent", Need::Must, Shape::Made(shade)),
        ("first", Need::Must, Shape::Made(shade)),
        ("second", Need::Must, Shape::Made(shade)),
        ("track", Need::Must, Shape::Made(shade)),
        ("field", Need::Must, Shape::Made(shade)),
    ],
};

/// The 16 as terminals name them: 7 is white there and 15 bright white.
const SIXTEEN: [(&str, &str); 16] = [
    ("black", "black"),
    ("red", "red"),
    ("green", "green"),
    ("yellow", "yellow"),
    ("blue", "blue"),
    ("magenta", "magenta"),
    ("cyan", "cyan"),
    ("white", "gray"),
    ("bright-black", "dark-gray"),
    ("bright-red", "light-red"),
    ("bright-green", "light-green"),
    ("bright-yellow", "light-yellow"),
    ("bright-blue", "light-blue"),
    ("bright-magenta", "light-magenta"),
    ("bright-cyan", "light-cyan"),
    ("bright-white", "white"),
];

/// One colour in all depths.
fn shade(value: &Value) -> Result<String, String> {
    let row = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let [
        Value::String(all),
        Value::Integer(of_256),
        Value::String(of_16),
    ] = row
    else {
        return Err(
            "write a colour as [\"#rrggbb\", one of the 256, \"one of the 16\"]".to_owned(),
        );
    };
    let rgb = hex(all).ok_or_else(|| format!("`{all}` is not a colour; write it as #rrggbb"))?;
    let [_, red, green, blue] = rgb.to_be_bytes();
    if !(16..256).contains(of_256) {
        return Err(format!(
            "{of_256} has no fixed value; take one from 16 to 255"
        ));
    }
    let sixteen = SIXTEEN.iter().find(|(name, _)| name == of_16);
    let (_, named) = sixteen.ok_or_else(|| format!("`{of_16}` is not one of the 16"))?;
    let named = camel(&[named]);
    Ok(format!(
        "Shade {{ all: Color::Rgb({red}, {green}, {blue}), of_256: Color::Indexed({of_256}), of_16: Color::{named} }}"
    ))
}

fn hex(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('#')?;
    let whole = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| whole)
}
