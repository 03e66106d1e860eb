//! The council's standing orders: `O`.

super::rules! { ORDERS;
}
