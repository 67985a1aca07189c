use pinsight::explain;

#[expect(async_fn_in_trait)]
pub trait Service {
    #[explain]
    async fn call(&self); //~ ERROR without a body
}

fn main() {}
