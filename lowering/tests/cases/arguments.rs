//! Arguments: each is moved into a local when the body begins.

use crate::prelude::*;

// 0: text (used)
async fn an_argument_that_is_used_later(text: String) -> usize {
    op().await;
    text.len()
}
