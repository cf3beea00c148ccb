//! What a file of ours says of itself before anything else: what it is, and in which version of its format.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The version of this program, which the first line of a file has for whoever looks into it.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// The beginning of a file's first line, or of its head; as much of it as every version has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct FileHeader {
    kind: Cow<'static, str>,
    /// Major and minor. A newer major is refused, a newer minor is read as far as it goes.
    format: [u32; 2],
    #[serde(skip_deserializing)]
    program: &'static str,
}

/// Why a file is not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum HeaderMismatch {
    /// It is something else.
    Foreign,
    /// A newer program wrote it.
    Newer,
}

impl FileHeader {
    /// What this program writes.
    pub(crate) const fn new(kind: &'static str, format: [u32; 2]) -> Self {
        Self {
            kind: Cow::Borrowed(kind),
            format,
            program: PROGRAM,
        }
    }

    /// What the file is.
    pub(crate) fn kind(&self) -> &str {
        &self.kind
    }

    /// Major and minor.
    pub(crate) const fn format(&self) -> [u32; 2] {
        self.format
    }

    /// The version as people read it.
    pub(crate) fn version(&self) -> String {
        let [major, minor] = self.format;
        format!("{major}.{minor}")
    }

    /// Looks at what was found in a file, before anything else of it is: a newer program may mean other things by it.
    pub(crate) fn check(&self, found: &Self) -> Result<(), HeaderMismatch> {
        if found.kind != self.kind || found.format[0] == 0 {
            return Err(HeaderMismatch::Foreign);
        }
        if found.format[0] > self.format[0] {
            return Err(HeaderMismatch::Newer);
        }
        Ok(())
    }

    /// Whether an earlier program wrote it.
    pub(crate) fn is_earlier(&self, found: &Self) -> bool {
        found.format < self.format
    }

    /// Whether a newer program wrote it, and meant that this one reads it.
    pub(crate) fn is_newer_minor(&self, found: &Self) -> bool {
        found.format[1] > self.format[1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_written_in_one_order_and_looked_at_by_kind_and_major_version() {
        const OURS: FileHeader = FileHeader::new("alongside-test", [1, 1]);
        let written = serde_json::to_string(&OURS).unwrap();
        assert!(written.starts_with(r#"{"kind":"alongside-test","format":[1,1],"program":""#));
        for (kind, format, wanted) in [
            ("alongside-test", [1, 0], Ok(())),
            ("alongside-test", [1, 9], Ok(())),
            ("alongside-test", [2, 0], Err(HeaderMismatch::Newer)),
            ("alongside-test", [0, 1], Err(HeaderMismatch::Foreign)),
            ("something", [2, 0], Err(HeaderMismatch::Foreign)),
        ] {
            let found = format!("{{\"format\":{format:?},\"more\":1,\"kind\":\"{kind}\"}}");
            let found: FileHeader = serde_json::from_str(&found).unwrap();
            assert_eq!(OURS.check(&found), wanted, "{found:?}");
        }
    }
}
