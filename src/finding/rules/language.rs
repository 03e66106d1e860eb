//! Language: `H`, hints only.

super::rules! { LANGUAGE;
}
