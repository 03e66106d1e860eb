//! Personal data: `D`.

super::rules! { PERSONAL_DATA;
}
