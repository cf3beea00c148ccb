//! A yes of several people: who is asked for it, who has said it, and whether everybody has.

use super::no;
use crate::script::Who;
use crate::session::intent::Refused;
use crate::text::words::words;

/// Everybody's yes, or that of those who are asked, while it is gathered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Consents(Vec<(Who, bool)>);

impl Consents {
    /// These are asked, and nobody has said it yet.
    pub(super) fn of(people: impl IntoIterator<Item = Who>) -> Self {
        Self(people.into_iter().map(|who| (who, false)).collect())
    }

    /// Whether this person is asked.
    pub(super) fn asks(&self, who: Who) -> bool {
        self.0.iter().any(|(asked, _)| *asked == who)
    }

    /// Somebody says yes, or takes it back; whether everybody has said it then.
    pub(super) fn toggle(&mut self, who: Who) -> Result<bool, Refused> {
        let Some((_, said)) = self.0.iter_mut().find(|(asked, _)| *asked == who) else {
            return no(words().session.nobody);
        };
        *said = !*said;
        Ok(self.0.iter().all(|(_, said)| *said))
    }

    /// Each who is asked, and whether they have said it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Who, bool)> {
        self.0.iter().copied()
    }
}
