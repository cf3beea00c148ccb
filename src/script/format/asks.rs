//! What a step can ask: one row for each. A step has one of these at most.

use super::reader::{At, FromKey, Reader, Tabled};
use super::spec::KeySpec;
use super::spec::ValueKind::{Bounds, Either, Name, Number, True};
use super::spec::optional;
use super::tables::{RawAgreement, RawAnswer, RawConsent, RawGate, RawPacer, RawSupport, RawWrite};
use super::values::{RawRating, RawRest, Reading, Yes};

macro_rules! asks {
    ($($name:ident($type:ty) = $row:expr,)*) => {
        /// What is asked.
        #[derive(Debug)]
        pub(crate) enum RawAsk {
            $($name($type),)*
        }

        impl RawAsk {
            /// Their rows.
            pub(crate) const KEYS: &'static [KeySpec] = &[$($row),*];

            /// Everything that this step asks, which is one thing at most where it is right.
            pub(crate) fn read_all(
                reader: &mut Reader<'_, '_, '_, Reading<'_>>,
            ) -> Vec<At<Self>> {
                let mut asked = Vec::new();
                $({
                    let key: &KeySpec = const { &$row };
                    let span = reader.key_span(key.name);
                    let it: Option<$type> = FromKey::from_key(key, reader);
                    asked.extend(it.map(|it| At { it: Self::$name(it), span }));
                })*
                asked
            }
        }
    };
}

asks! {
    Answers(Vec<RawAnswer>) = optional("answers", RawAnswer::LIST),
    Rating(RawRating) = optional("rating", Bounds(&Name)),
    Consent(RawConsent) = optional("consent", RawConsent::TABLE),
    Gate(RawGate) = optional("gate", RawGate::TABLE),
    Agreement(RawAgreement) = optional("agreement", RawAgreement::TABLE),
    Order(Yes) = optional("order", True),
    Support(RawSupport) = optional("support", RawSupport::TABLE),
    Write(RawWrite) = optional("write", RawWrite::TABLE),
    Note(Yes) = optional("note", True),
    Promise(Yes) = optional("promise", True),
    Rest(RawRest) = optional("rest", Either(&[Number(10, 600), RawPacer::TABLE])),
    Keep(Yes) = optional("keep", True),
}
