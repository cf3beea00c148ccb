//! Whom to reach when it is too much, and ways back to here and now.

use crate::shape::{Need, Shape, Struct};

/// `src/safety/signposts.toml`.
pub const SIGNPOSTS: Struct = Struct {
    name: "Signposts",
    keys: &[
        ("directory", Need::Must, Shape::Struct(DIRECTORY)),
        ("region", Need::Must, Shape::List(&Shape::Struct(REGION))),
    ],
};

const DIRECTORY: Struct = Struct {
    name: "Directory",
    keys: &[
        ("name", Need::Must, Shape::Text),
        ("verified-on", Need::May, Shape::Day),
    ],
};

const REGION: Struct = Struct {
    name: "Region",
    keys: &[
        ("name", Need::Must, Shape::Text),
        ("also", Need::Or("&[]"), Shape::List(&Shape::Text)),
        (
            "emergency",
            Need::Must,
            Shape::List(&Shape::Struct(EMERGENCY)),
        ),
        ("line", Need::Must, Shape::List(&Shape::Struct(LINE))),
    ],
};

const EMERGENCY: Struct = Struct {
    name: "Emergency",
    keys: &[
        ("number", Need::Must, Shape::Text),
        ("verified-on", Need::May, Shape::Day),
    ],
};

const LINE: Struct = Struct {
    name: "ServiceLine",
    keys: &[
        ("kind", Need::Must, Shape::Word("LineKind")),
        ("channel", Need::Must, Shape::Word("ServiceChannel")),
        ("number", Need::Must, Shape::Text),
        ("name", Need::May, Shape::Text),
        ("hours", Need::May, Shape::Text),
        ("cost", Need::May, Shape::Text),
        ("languages", Need::May, Shape::Text),
        ("note", Need::May, Shape::Text),
        ("verified-on", Need::May, Shape::Day),
        ("published-on", Need::May, Shape::Day),
        ("source", Need::May, Shape::Text),
    ],
};

/// `src/safety/grounding.toml`.
pub const GROUNDING: Struct = Struct {
    name: "ExerciseLibrary",
    keys: &[(
        "practice",
        Need::Must,
        Shape::List(&Shape::Struct(PRACTICE)),
    )],
};

const PRACTICE: Struct = Struct {
    name: "Exercise",
    keys: &[
        ("id", Need::Must, Shape::Text),
        ("kind", Need::Must, Shape::Word("ExerciseKind")),
        ("title", Need::Must, Shape::Text),
        (
            "step",
            Need::Must,
            Shape::List(&Shape::OneOf(&[SAYS, PACE])),
        ),
    ],
};

const SAYS: Struct = Struct {
    name: "ExerciseStep::Says",
    keys: &[
        ("says", Need::Must, Shape::Text),
        ("beneath", Need::May, Shape::Text),
        ("heard", Need::May, Shape::Text),
        ("heard-beneath", Need::May, Shape::Text),
        ("seconds", Need::May, Shape::Seconds),
    ],
};

const PACE: Struct = Struct {
    name: "ExerciseStep::Pace",
    keys: &[
        ("pace", Need::Must, Shape::List(&Shape::Struct(PHASE))),
        ("times", Need::Must, Shape::Whole),
    ],
};

const PHASE: Struct = Struct {
    name: "Phase",
    keys: &[
        ("word", Need::Must, Shape::Text),
        ("seconds", Need::Must, Shape::Seconds),
    ],
};
