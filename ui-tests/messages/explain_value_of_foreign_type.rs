use pinsight::explain;

trait Process {
    async fn process(&self);
}

#[explain(value = true)]
impl Process for &str { //~ ERROR cannot be values
    async fn process(&self) {}
}

fn main() {}
