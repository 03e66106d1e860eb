//! Declares what sources hold, once: from one line for each field come the struct, its reader, its visitor and its
//! JSON Schema.
//!
//! The type of a field says how it is read: an `Option` or a `Vec` may be left out, anything else must be there unless a
//! default is given. Every field is shown to visitors by its type, so that no rule misses one; `as` says where it is
//! more than its words (`post`, `body`, `name` of a person or post, `rating`), may stand empty (`rating`, `cell`), or is
//! not printed at all (`silent`). The comment is what editors show to officers. What must be looked at besides stands
//! in [`crate::yaml::record::Checked`], for records that are `[checked]`.

/// Declares a set of fields.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident: $what:literal $(or $short:literal)? $([$how:ident])? {
            $(
                $(#[doc = $about:literal])*
                $field:ident $([$key:literal])? : $type:ty $(as $role:ident)? $(= $default:expr)?,
            )*
        }
        $(besides |$read:ident| {
            $( $(#[$note:meta])* $extra:ident : $kept:ty = $value:expr, )*
        })?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        $vis struct $name {
            $( $(#[doc = $about])* pub $field: $type, )*
            $($( $(#[$note])* pub $extra: $kept, )*)?
        }

        impl Default for $name {
            fn default() -> Self {
                Self {
                    $( $field: $crate::model::declare::record!(@default $($default)?), )*
                    $($( $extra: Default::default(), )*)?
                }
            }
        }

        impl $crate::yaml::record::Record for $name {
            const NAME: &'static str = stringify!($name);
            const WHAT: &'static str = $what;
            const SHORT: Option<&'static str> = $crate::model::declare::record!(@short $($short)?);

            fn of(fields: &$crate::yaml::fields::Fields) -> Self {
                $(
                    let $field: $type = $crate::model::declare::record!(
                        @ask fields, $crate::model::declare::record!(@key $field $($key)?), [$($role)?] [$($default)?]
                    );
                )*
                $( let $read = fields; let _ = $read; )?
                Self { $( $field, )* $($( $extra: $value, )*)? }
            }

            fn declare(object: &mut $crate::yaml::schema::Object) {
                $(
                    $crate::model::declare::record!(
                        @declare object, $type, $crate::model::declare::record!(@key $field $($key)?),
                        concat!($($about),*), [$($role)?] [$($default)?]
                    );
                )*
                <Self as $crate::yaml::record::Checked>::refine(object);
            }
        }

        impl $crate::model::visit::Visit for $name {
            fn visit<'a>(&'a self, visitor: &mut dyn $crate::model::visit::Visitor<'a>) {
                $( $crate::model::declare::record!(@show self.$field, visitor, [$($role)?]); )*
                $($( $crate::model::visit::Visit::visit(&self.$extra, visitor); )*)?
            }
        }

        $crate::model::declare::record!(@how $name [$($how)?]);
    };

    (@default) => { Default::default() };
    (@default $default:expr) => { $default };

    (@short) => { None };
    (@short $short:literal) => { Some($short) };

    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };

    (@ask $fields:ident, $key:expr, [rating] []) => { $fields.cell($key) };
    (@ask $fields:ident, $key:expr, [cell] []) => { $fields.cell($key) };
    (@ask $fields:ident, $key:expr, [$($role:ident)?] []) => { $crate::yaml::record::Slot::ask($fields, $key) };
    (@ask $fields:ident, $key:expr, [$($role:ident)?] [$default:expr]) => {
        $fields.get($key).unwrap_or_else(|| $default)
    };

    (@declare $object:ident, $type:ty, $key:expr, $about:expr, [rating] []) => {
        $crate::model::declare::record!(@declare $object, $type, $key, $about, [cell] [])
    };
    (@declare $object:ident, $type:ty, $key:expr, $about:expr, [cell] []) => {
        <$type as $crate::yaml::record::Slot>::declare($object, $key, $about);
        $object.or_nothing($key);
    };
    (@declare $object:ident, $type:ty, $key:expr, $about:expr, [$($role:ident)?] []) => {
        <$type as $crate::yaml::record::Slot>::declare($object, $key, $about);
    };
    (@declare $object:ident, $type:ty, $key:expr, $about:expr, [$($role:ident)?] [$default:expr]) => {
        $object.may::<$type>($key, $about);
    };

    (@show $value:expr, $visitor:ident, []) => { $crate::model::visit::Visit::visit(&$value, $visitor) };
    (@show $value:expr, $visitor:ident, [cell]) => { $crate::model::visit::Visit::visit(&$value, $visitor) };
    (@show $value:expr, $visitor:ident, [silent]) => { let _ = &$visitor; };
    (@show $value:expr, $visitor:ident, [name]) => {
        $crate::model::visit::Visit::visit(&$value, $visitor);
        for line in $crate::model::visit::Each::each(&$value) {
            $visitor.name_line(line);
        }
    };
    (@show $value:expr, $visitor:ident, [$role:ident]) => {
        for text in $crate::model::visit::Each::each(&$value) {
            $visitor.$role(text);
        }
    };

    (@how $name:ident [checked]) => { $crate::model::declare::record!(@read $name); };
    (@how $name:ident []) => {
        impl $crate::yaml::record::Checked for $name {}
        $crate::model::declare::record!(@read $name);
    };
    // A record that is written in other ways besides has a reader of its own.
    (@how $name:ident [own]) => {
        impl $crate::yaml::record::Checked for $name {}
    };
    // A flat record has no field of its own: its fields stand among those of the record that holds it.
    (@how $name:ident [flat]) => {
        impl $crate::yaml::record::Checked for $name {}
        impl $crate::yaml::record::Slot for $name {
            fn ask(fields: &$crate::yaml::fields::Fields, _: &'static str) -> Self {
                $crate::yaml::record::Record::of(fields)
            }

            fn declare(object: &mut $crate::yaml::schema::Object, _: &'static str, _: &str) {
                <Self as $crate::yaml::record::Record>::declare(object);
            }
        }
    };
    (@read $name:ident) => {
        impl $crate::yaml::fields::Read for $name {
            fn read(node: &$crate::yaml::Node, cx: $crate::yaml::Context) -> Option<Self> {
                $crate::yaml::record::read(node, cx)
            }

            fn schema(definitions: &mut $crate::yaml::schema::Definitions) -> $crate::yaml::schema::Schema {
                $crate::yaml::record::schema::<Self>(definitions)
            }
        }
    };
}

/// Declares the words that a field can hold.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident { $( $(#[$note:meta])* $variant:ident = $word:literal, )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        $vis enum $name { $( $(#[$note])* $variant, )* }

        impl $name {
            /// All words, with what they mean.
            pub(crate) const WORDS: &'static [(&'static str, Self)] = &[$( ($word, Self::$variant) ),*];

            /// Gives its word in sources.
            #[allow(dead_code, reason = "of some, nobody asks for the word")]
            pub(crate) fn word(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )*
                }
            }
        }

        impl $crate::yaml::fields::Read for $name {
            fn read(node: &$crate::yaml::Node, cx: $crate::yaml::Context) -> Option<Self> {
                $crate::yaml::fields::one_of(node, Self::WORDS, cx)
            }

            fn schema(_: &mut $crate::yaml::schema::Definitions) -> $crate::yaml::schema::Schema {
                $crate::yaml::schema::words([$( $word ),*])
            }
        }

        impl $crate::model::visit::Visit for $name {
            fn visit<'a>(&'a self, _: &mut dyn $crate::model::visit::Visitor<'a>) {}
        }
    };
}

pub(crate) use {record, words};
