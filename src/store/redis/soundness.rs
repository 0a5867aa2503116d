//! Whether the Redis that answers can be trusted to keep what it is given.

use redis::aio::MultiplexedConnection;

use super::open::OpenError;

/// `ZRANGEBYLEX`, streams with open intervals and the rest of what the scripts use.
const NEEDED: (&str, (u32, u32)) = ("6.2", (6, 2));

/// Refuses what would lose things by design, and warns where a power cut would.
pub(super) async fn ensure(
    connection: &mut MultiplexedConnection,
    wait_replicas: u8,
    at: &str,
) -> Result<(), OpenError> {
    let info: String = redis::cmd("INFO")
        .query_async(connection)
        .await
        .map_err(|error| OpenError::of(&error, at))?;
    let report = Report(&info);
    judge(&report, at)?;
    if report.loses_on_power_cut() {
        tracing::warn!(
            redis = at,
            "Redis keeps nothing through a power cut: it has neither an append-only file nor a replica; \
             used codes would work again and sign-outs would be undone; set `appendonly yes`"
        );
    }
    if report.replicas() < u64::from(wait_replicas) {
        tracing::warn!(
            redis = at,
            replicas = report.replicas(),
            wait_replicas,
            "Redis has fewer replicas than `wait_replicas` asks for: until it has them nothing is acknowledged"
        );
    }
    Ok(())
}

fn judge(report: &Report<'_>, at: &str) -> Result<(), OpenError> {
    let at = || at.to_owned();
    let version = report.field("redis_version").unwrap_or("unknown");
    if report.version() < Some(NEEDED.1) {
        return Err(OpenError::Old {
            at: at(),
            found: version.to_owned(),
            needed: NEEDED.0,
        });
    }
    if report.field("role") != Some("master") {
        return Err(OpenError::Replica(at()));
    }
    // Unknown is refused as well: whoever hides it may change it.
    let policy = report.field("maxmemory_policy").unwrap_or("unknown");
    if policy != "noeviction" {
        return Err(OpenError::Evicts {
            at: at(),
            found: policy.to_owned(),
        });
    }
    Ok(())
}

/// What `INFO` says.
struct Report<'i>(&'i str);

impl<'i> Report<'i> {
    fn field(&self, name: &str) -> Option<&'i str> {
        self.0.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            (key == name).then(|| value.trim_end())
        })
    }

    fn version(&self) -> Option<(u32, u32)> {
        let mut parts = self.field("redis_version")?.split('.');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    }

    fn loses_on_power_cut(&self) -> bool {
        self.field("aof_enabled") != Some("1") && self.replicas() == 0
    }

    fn replicas(&self) -> u64 {
        let replicas = self.field("connected_slaves").and_then(|it| it.parse().ok());
        replicas.unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(changes: &[(&str, &str)]) -> String {
        let mut fields = vec![
            ("redis_version", "7.0.15"),
            ("maxmemory_policy", "noeviction"),
            ("role", "master"),
            ("connected_slaves", "0"),
            ("aof_enabled", "1"),
        ];
        for (name, value) in changes {
            fields.retain(|(held, _)| held != name);
            fields.push((name, value));
        }
        let lines: Vec<String> = fields
            .iter()
            .map(|(key, value)| format!("{key}:{value}\r\n"))
            .collect();
        format!("# Server\r\n{}", lines.concat())
    }

    fn refusal(changes: &[(&str, &str)]) -> Option<String> {
        judge(&Report(&info(changes)), "redis://127.0.0.1:6379/0")
            .err()
            .map(|it| it.to_string())
    }

    #[test]
    fn a_redis_that_keeps_everything_is_taken() {
        assert_eq!(refusal(&[]), None);
        assert_eq!(refusal(&[("redis_version", "6.2.0")]), None);
        assert_eq!(refusal(&[("redis_version", "10.1.0")]), None);
    }

    #[test]
    fn a_redis_that_forgets_is_refused() {
        for policy in ["allkeys-lru", "volatile-ttl", "volatile-random"] {
            let why = refusal(&[("maxmemory_policy", policy)]).unwrap();
            assert!(why.contains(policy) && why.contains("noeviction"), "{why}");
        }
        for version in ["6.0.16", "5.9.9", "", "new"] {
            let why = refusal(&[("redis_version", version)]).unwrap();
            assert!(why.ends_with("6.2 or later is needed"), "{why}");
        }
        assert!(
            refusal(&[("role", "slave")])
                .unwrap()
                .contains("name the primary")
        );
        assert!(refusal(&[("maxmemory_policy", "")]).is_some());
    }

    #[test]
    fn neither_a_file_nor_a_replica_is_worth_a_warning() {
        let loses = |changes: &[(&str, &str)]| Report(&info(changes)).loses_on_power_cut();
        assert!(!loses(&[]));
        assert!(loses(&[("aof_enabled", "0")]));
        assert!(!loses(&[("aof_enabled", "0"), ("connected_slaves", "1")]));
    }
}
