//! What a source says by itself, before it is put together with what others say of the same thing.

use crate::yaml::fields::Fields;
use crate::yaml::record::Slot;
use crate::yaml::schema::Object;

/// Something of which [`crate::resolve`] alone says what it means; a test holds that nothing else asks.
#[derive(Debug, Clone, Default)]
pub struct Written<T>(T);

impl<T> From<T> for Written<T> {
    fn from(written: T) -> Self {
        Self(written)
    }
}

impl<T> Written<T> {
    /// Makes it of what is written.
    pub(crate) const fn new(written: T) -> Self {
        Self(written)
    }

    /// Gives what is written there.
    pub(crate) fn as_written(&self) -> &T {
        &self.0
    }

    /// Gives what is written there, to be joined to other sources.
    pub(crate) fn as_written_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Slot> Slot for Written<T> {
    fn ask(fields: &Fields, name: &'static str) -> Self {
        Self(T::ask(fields, name))
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        T::declare(object, name, about);
    }
}
