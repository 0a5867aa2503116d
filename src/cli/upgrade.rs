//! The next process: started by this one on SIGUSR2, to take its sockets over.
//!
//! A service manager's sandbox, user and credentials belong to the processes it started and to their
//! children. So that they need not be put together a second time, the running gateway starts the
//! program that now lies in its place.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

use tokio::process::{Child, Command};

use super::supervisor::WATCHDOG_PID;

/// How this process was started, and the one that is to follow it.
pub struct Next {
    program: PathBuf,
    arguments: Vec<OsString>,
    child: Option<Child>,
}

impl Next {
    /// Notes how this process was started.
    ///
    /// # Errors
    ///
    /// Where the system does not say which file it runs.
    pub fn of_this_process() -> io::Result<Self> {
        let mut words = std::env::args_os();
        // The name it was called by, so that a link leads to the new version; the shell's search is not repeated.
        let called = words.next().map(PathBuf::from);
        let program = match called.filter(|it| it.components().count() > 1) {
            Some(called) => called,
            None => std::env::current_exe()?,
        };
        let mut arguments: Vec<OsString> = words.filter(|word| word != "--upgrade").collect();
        arguments.push("--upgrade".into());
        Ok(Self {
            program,
            arguments,
            child: None,
        })
    }

    /// Starts it, unless one is starting already.
    pub fn start(&mut self) {
        if self.child.is_some() {
            tracing::warn!("a new process is starting already");
            return;
        }
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env_remove(WATCHDOG_PID);
        match command.spawn() {
            Ok(child) => {
                let (pid, program) = (child.id(), self.program.display());
                tracing::info!(pid, %program, "started a new process to take over");
                self.child = Some(child);
            }
            Err(error) => {
                let program = self.program.display();
                tracing::error!(%error, %program, "a new process cannot be started; this one goes on");
            }
        }
    }

    /// Completes when it has ended although this process still serves.
    pub async fn failed(&mut self) -> ExitStatus {
        let Some(child) = &mut self.child else {
            return std::future::pending().await;
        };
        let status = child.wait().await.unwrap_or_default();
        self.child = None;
        status
    }
}
