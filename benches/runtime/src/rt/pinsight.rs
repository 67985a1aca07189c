pub type Pinsight = super::ExecutorWithIo;
pub type PinsightBlockOn = super::FuturesLite;
