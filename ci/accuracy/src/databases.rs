//! Clients of databases.

use fred::interfaces::*;
use redis::AsyncCommands;
use sqlx::{Connection, Executor, Row};
use tokio::net::TcpStream;
use tokio_util::compat::{Compat, TokioAsyncReadCompatExt};

type Boxed = Box<dyn std::error::Error + Send + Sync>;

type Tiberius = tiberius::Client<Compat<TcpStream>>;

pub async fn tiberius(config: tiberius::Config, stream: TcpStream) -> Result<(), Boxed> {
    let mut client: Tiberius = tiberius::Client::connect(config, stream.compat()).await?;
    client.execute("select 1", &[&1i32]).await?;
    client.query("select 1", &[&1i32]).await?.into_results().await?;
    client.simple_query("select 1").await?.into_row().await?;
    client.simple_query("select 1").await?.into_first_result().await?;
    client.query("select 1", &[]).await?.columns().await?;
    tiberius::Query::new("select 1").execute(&mut client).await?;
    tiberius::Query::new("select 1").query(&mut client).await?;
    let request = client.bulk_insert("t").await?;
    request.finalize().await?;
    client.close().await?;
    Ok(())
}

pub async fn tiberius_insert(client: &mut Tiberius) -> Result<u64, Boxed> {
    let mut request = client.bulk_insert("t").await?;
    request.send(tiberius::TokenRow::new()).await?;
    Ok(request.finalize().await?.total())
}

pub async fn postgres(config: tokio_postgres::Config, stream: TcpStream) -> Result<(), Boxed> {
    let (mut client, connection) = config.connect_raw(stream, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    let (other, _) = tokio_postgres::connect("host=localhost", tokio_postgres::NoTls).await?;
    generic_client(&other).await?;
    client.execute("select 1", &[&1i32]).await?;
    client.query_one("select 1", &[]).await?;
    client.query_opt("select 1", &[]).await?;
    client.query_raw("select 1", std::iter::empty::<i32>()).await?;
    client.copy_out("copy t to stdout").await?;
    let sink: tokio_postgres::CopyInSink<&'static [u8]> = client.copy_in("copy t from stdin").await?;
    drop(sink);
    client.cancel_token().cancel_query(tokio_postgres::NoTls).await?;
    let transaction = client.transaction().await?;
    let statement = transaction.prepare("select 1").await?;
    let portal = transaction.bind(&statement, &[]).await?;
    transaction.query_portal(&portal, 1).await?;
    transaction.execute_raw("select 1", std::iter::empty::<i32>()).await?;
    transaction.query_typed("select 1", &[]).await?;
    generic_client(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

async fn generic_client<C: tokio_postgres::GenericClient>(client: &C) -> Result<(), Boxed> {
    client.query("select 1", &[]).await?;
    client.query_one("select 1", &[]).await?;
    client.query_opt("select 1", &[]).await?;
    client.query_raw("select 1", std::iter::empty::<i32>()).await?;
    client.execute("select 1", &[]).await?;
    client.execute_raw("select 1", std::iter::empty::<i32>()).await?;
    Ok(())
}

async fn sqlx<D>(pool: sqlx::Pool<D>) -> Result<(), Boxed>
where
    D: sqlx::Database,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
    for<'q> D::Arguments<'q>: sqlx::IntoArguments<'q, D>,
    for<'r> i64: sqlx::Decode<'r, D> + sqlx::Type<D>,
    for<'q> i64: sqlx::Encode<'q, D>,
    usize: sqlx::ColumnIndex<D::Row>,
{
    let mut transaction = pool.begin().await?;
    let row = sqlx::query("select ?").bind(1i64).fetch_one(&mut *transaction).await?;
    let _: i64 = row.try_get(0)?;
    let _: (i64,) = sqlx::query_as("select 1").fetch_one(&mut *transaction).await?;
    let _: Option<i64> = sqlx::query_scalar("select 1").fetch_optional(&mut *transaction).await?;
    let _: Vec<i64> = sqlx::query_scalar("select 1").fetch_all(&mut *transaction).await?;
    sqlx::query("select 1").execute(&mut *transaction).await?;
    sqlx::raw_sql("select 1").execute(&mut *transaction).await?;
    transaction.commit().await?;
    pool.begin().await?.rollback().await?;
    let mut connection = pool.acquire().await?;
    connection.ping().await?;
    connection.close().await?;
    pool.close().await;
    Ok(())
}

pub async fn sqlx_all(sqlite: sqlx::SqlitePool, postgres: sqlx::PgPool, mysql: sqlx::MySqlPool) -> Result<(), Boxed> {
    sqlx::migrate::Migrator::new(std::path::Path::new("m")).await?.run(&sqlite).await?;
    sqlx::migrate::Migrator::new(std::path::Path::new("m")).await?.undo(&postgres, 1).await?;
    postgres.acquire().await?.copy_in_raw("copy t from stdin").await?.send(&b"1"[..]).await?;
    sqlx(sqlite).await?;
    sqlx(postgres).await?;
    sqlx(mysql).await
}

pub async fn redis(client: redis::Client) -> Result<(), Boxed> {
    let mut connection = client.get_multiplexed_async_connection().await?;
    let _: String = connection.get("a").await?;
    let _: () = connection.set("a", 1).await?;
    let mut manager = redis::aio::ConnectionManager::new(client.clone()).await?;
    let _: () = manager.set("a", 1).await?;
    let _: () = redis::pipe().cmd("A").query_async(&mut manager).await?;
    redis::pipe().cmd("A").exec_async(&mut manager).await?;
    redis::cmd("A").exec_async(&mut connection).await?;
    let script = redis::Script::new("return 1");
    let _: i64 = script.invoke_async(&mut connection).await?;
    let _: i64 = script.key("a").invoke_async(&mut connection).await?;
    script.prepare_invoke().load_async(&mut connection).await?;
    let mut names = connection.scan::<String>().await?;
    names.next_item().await;
    let mut messages = client.get_async_pubsub().await?;
    messages.subscribe("a").await?;
    messages.psubscribe("a").await?;
    messages.unsubscribe("a").await?;
    messages.punsubscribe("a").await?;
    manager.subscribe("a").await?;
    manager.psubscribe("a").await?;
    let mut cluster = redis::cluster::ClusterClient::new(vec!["redis://a"])?.get_async_connection().await?;
    let _: String = cluster.get("a").await?;
    cluster
        .route_command(
            &redis::cmd("A"),
            redis::cluster_routing::RoutingInfo::SingleNode(redis::cluster_routing::SingleNodeRoutingInfo::Random),
        )
        .await?;
    let mut sentinel = redis::sentinel::Sentinel::build(vec!["redis://a"])?;
    sentinel.async_master_for("a", None).await?;
    sentinel.async_replica_for("a", None).await?;
    Ok(())
}

pub async fn fred(client: fred::clients::Client) -> Result<(), Boxed> {
    client.init().await?;
    let _: String = client.get("a").await?;
    let _: () = client.set("a", 1, None, None, false).await?;
    let _: i64 = client.incr("a").await?;
    let _: i64 = client.hset("a", ("b", 1)).await?;
    let _: String = client.hget("a", "b").await?;
    let _: Vec<String> = client.hmget("a", vec!["b", "c"]).await?;
    let _: Vec<String> = client.hkeys("a").await?;
    let _: i64 = client.hdel("a", "b").await?;
    let _: i64 = client.lpush("a", vec!["b"]).await?;
    let _: Vec<String> = client.lrange("a", 0, 1).await?;
    let _: Vec<String> = client.lpop("a", Some(1)).await?;
    let _: i64 = client.sadd("a", vec!["b"]).await?;
    let _: Vec<String> = client.smembers("a").await?;
    let _: Vec<String> = client.zrange("a", 0, 1, None, false, None, false).await?;
    let _: i64 = client.zadd("a", None, None, false, false, (1.0, "b")).await?;
    let _: String = client.xadd("a", false, None, "*", ("b", 1)).await?;
    let _: i64 = client.publish("a", "b").await?;
    let _: i64 = client.del(vec!["a"]).await?;
    let _: i64 = client.expire("a", 1, None).await?;
    let _: i64 = client.ttl("a").await?;
    let _: String = client.eval("return 1", vec!["a"], vec!["b"]).await?;
    let _: String = client.ping(None).await?;
    let _: i64 = client.pfadd("a", vec!["b"]).await?;
    let pipeline = client.pipeline();
    let _: () = pipeline.get("a").await?;
    let _: Vec<String> = pipeline.all().await?;
    let _: String = pipeline.last().await?;
    let _ = pipeline.try_all::<String>().await;
    let transaction = client.multi();
    let _: () = transaction.get("a").await?;
    let _: Vec<String> = transaction.exec(true).await?;
    client.quit().await?;
    Ok(())
}
