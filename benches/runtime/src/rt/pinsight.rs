//! pinsight-rt: its plain `block_on`, and its executor.
/// x
pub type Pinsight = super::ExecutorWithIo;
/// x
pub type PinsightBlockOn = super::FuturesLite;
