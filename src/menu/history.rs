//! The pages on which somebody has been, so that a key that goes back asks where one came from.
//!
//! Owns: the way to the page that is there now, and what was typed and turned to on each page of it.
//! Never does: knowing what a page is.
//! May see: session's words that are private.

use crate::session::intent::PrivateText;

/// The way to a page. There is always one page, the first one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct History<P> {
    before: Vec<Visit<P>>,
    now: Visit<P>,
}

/// A page on the way.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Visit<P> {
    page: P,
    /// The first of the choices that are shown, where there are more than fit.
    from: usize,
    /// What was typed there before one went on.
    typed: Option<PrivateText>,
}

impl<P> Visit<P> {
    fn new(page: P) -> Self {
        Self {
            page,
            from: 0,
            typed: None,
        }
    }
}

impl<P: PartialEq> History<P> {
    /// The first page.
    #[must_use]
    pub(crate) fn new(page: P) -> Self {
        Self {
            before: Vec::new(),
            now: Visit::new(page),
        }
    }

    /// The page that is there now.
    #[must_use]
    pub(crate) fn page(&self) -> &P {
        &self.now.page
    }

    /// The page before it.
    #[must_use]
    pub(crate) fn before(&self) -> Option<&P> {
        self.before.last().map(|visit| &visit.page)
    }

    /// The first of its choices that are shown.
    #[must_use]
    pub(crate) fn from(&self) -> usize {
        self.now.from
    }

    /// What was typed on it when one was here last.
    #[must_use]
    pub(crate) fn typed(&self) -> Option<&PrivateText> {
        self.now.typed.as_ref()
    }

    /// Shows its choices from this one on.
    pub(crate) fn turn(&mut self, from: usize) {
        self.now.from = from;
    }

    /// Remembers what was typed on it.
    pub(crate) fn keep_typed(&mut self, typed: PrivateText) {
        self.now.typed = Some(typed);
    }

    /// On to a page. One that lies on the way is gone back to, so that no way leads in circles.
    pub(crate) fn go_to(&mut self, page: P) {
        if self.now.page == page {
            return;
        }
        if let Some(at) = self.before.iter().position(|visit| visit.page == page) {
            self.before.truncate(at + 1);
            self.back();
        } else {
            let now = std::mem::replace(&mut self.now, Visit::new(page));
            self.before.push(now);
        }
    }

    /// Another page in the place of this one, where its list is turned to the same choices.
    pub(crate) fn replace(&mut self, page: P) {
        let from = self.now.from;
        self.now = Visit {
            from,
            ..Visit::new(page)
        };
    }

    /// To the page before; says whether there was one.
    pub(crate) fn back(&mut self) -> bool {
        match self.before.pop() {
            Some(before) => {
                self.now = before;
                true
            }
            None => false,
        }
    }

    /// Something was done, and a page follows: the pages that only asked about it are no longer on the way.
    pub(crate) fn finish(&mut self, page: P, asked: impl Fn(&P) -> bool) {
        if !self.before.iter().any(|visit| visit.page == page) {
            while asked(&self.now.page) && self.back() {}
            if asked(&self.now.page) {
                self.now = Visit::new(page);
                return;
            }
        }
        self.go_to(page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(history: &History<u8>) -> Vec<u8> {
        let before = history.before.iter().map(|visit| visit.page);
        before.chain([history.now.page]).collect()
    }

    fn walked(pages: &[u8]) -> History<u8> {
        let mut history = History::new(0);
        pages.iter().for_each(|page| history.go_to(*page));
        history
    }

    #[test]
    fn back_is_the_page_that_one_came_from_as_it_was_left() {
        let mut history = walked(&[1]);
        history.turn(8);
        history.keep_typed("half a word".into());
        history.go_to(2);
        assert_eq!((history.from(), history.typed()), (0, None));
        assert!(history.back());
        assert_eq!((*history.page(), history.from()), (1, 8));
        assert_eq!(history.typed().map(|typed| &**typed), Some("half a word"));
        assert!(history.back());
        assert!(!history.back());
        assert_eq!(way(&history), [0]);
    }

    #[test]
    fn a_page_on_the_way_is_gone_back_to_and_the_same_page_stays() {
        let mut history = walked(&[1, 2, 3]);
        history.go_to(1);
        assert_eq!(way(&history), [0, 1]);
        history.turn(8);
        history.go_to(1);
        assert_eq!((way(&history), history.from()), (vec![0, 1], 8));
        history.go_to(0);
        assert_eq!(way(&history), [0]);
    }

    #[test]
    fn a_replaced_page_is_not_on_the_way() {
        let mut history = walked(&[1, 2]);
        history.turn(8);
        history.keep_typed("a word".into());
        history.replace(3);
        assert_eq!((way(&history), history.from()), (vec![0, 1, 3], 8));
        assert_eq!(history.typed(), None);
        assert_eq!(history.before(), Some(&1));
    }

    #[test]
    fn what_only_asked_is_gone_once_it_is_done() {
        let asked = |page: &u8| *page > 9;
        let mut history = walked(&[1, 10, 11]);
        history.finish(2, asked);
        assert_eq!(way(&history), [0, 1, 2]);
        // It leads back to a page on the way, over everything between.
        history.go_to(10);
        history.finish(1, asked);
        assert_eq!(way(&history), [0, 1]);
        let mut history = History::new(10);
        history.finish(1, asked);
        assert_eq!(way(&history), [1]);
    }
}
