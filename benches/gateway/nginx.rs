//! nginx, as the portal and as the gateway to be compared with.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::rig::binary::free_address;
use crate::rig::process::{Process, cpu_of};
use crate::rig::wait::eventually;

pub struct Nginx {
    process: Process,
    pub address: SocketAddr,
    _folder: TempDir,
}

impl Nginx {
    /// Answers every request with 1 KiB, and what asks for `/auth` with a bare 204.
    pub async fn portal() -> Self {
        let body = "x".repeat(1024);
        Self::start(1, |address| {
            format!(
                "server {{ listen {address}; location = /auth {{ return 204; }}
                 location / {{ default_type text/plain; return 200 {body}; }} }}"
            )
        })
        .await
    }

    /// Asks the portal's `/auth` about every request, as an external authenticator is asked, and
    /// forwards it. Connections to both are kept alive.
    pub async fn with_auth_request(portal: &Self) -> Self {
        let portal = portal.address;
        let cores = std::thread::available_parallelism().unwrap().get();
        let keep = "keepalive 256; keepalive_requests 100000000;";
        let proxy = "proxy_http_version 1.1; proxy_set_header Connection '';";
        Self::start(cores, |address| {
            format!(
                "upstream portal {{ server {portal}; {keep} }}
                 upstream auth {{ server {portal}; {keep} }}
                 server {{ listen {address};
                   location / {{ auth_request /auth; {proxy} proxy_pass http://portal;
                     proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;
                     proxy_set_header X-Forwarded-Proto $scheme; }}
                   location = /auth {{ internal; {proxy} proxy_pass http://auth; proxy_pass_request_body off;
                     proxy_set_header Content-Length ''; proxy_set_header X-Original-URI $request_uri; }} }}"
            )
        })
        .await
    }

    async fn start(workers: usize, servers: impl Fn(SocketAddr) -> String) -> Self {
        let folder = TempDir::new().unwrap();
        let address = free_address();
        let place = folder.path().display();
        let user = if rustix::process::getuid().is_root() {
            "user root;"
        } else {
            ""
        };
        let config = format!(
            "{user} daemon off; worker_processes {workers}; pid {place}/pid; error_log stderr warn;
             events {{ worker_connections 4096; }}
             http {{ access_log off; keepalive_requests 100000000; keepalive_timeout 300s;
               client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/fastcgi;
               uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;
               {} }}",
            servers(address)
        );
        fs::write(folder.path().join("nginx.conf"), config).unwrap();
        let mut command = Command::new("nginx");
        command
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .arg("-p")
            .arg(folder.path());
        command.args(["-e", "stderr", "-c", "nginx.conf"]);
        let mut process = Process::start(command, folder.path(), "nginx");
        eventually("nginx", || {
            assert!(process.has_ended().is_none(), "nginx ended: {}", process.stderr());
            async move { TcpStream::connect(address).await.ok() }
        })
        .await;
        Self {
            process,
            address,
            _folder: folder,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// CPU seconds of the master and its workers.
    pub fn cpu(&self) -> Duration {
        let master = self.process.id();
        let workers =
            fs::read_to_string(format!("/proc/{master}/task/{master}/children")).unwrap_or_default();
        let workers = workers.split_whitespace().filter_map(|it| it.parse().ok());
        cpu_of(master) + workers.map(cpu_of).sum::<Duration>()
    }
}
