//! Temporaries of edition 2021.

use crate::prelude::*;

// 0: -
async fn nothing_is_kept() {
    op().await;
}
