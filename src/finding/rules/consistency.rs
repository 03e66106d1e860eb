//! Papers and meetings that disagree with each other or with themselves: `C`.

super::rules! { CONSISTENCY;
}
