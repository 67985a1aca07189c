//! Predicts the state machine of an async body from its syntax.
