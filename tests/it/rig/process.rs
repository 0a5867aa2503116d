//! Programs that a test starts, and that never outlive it.
//!
//! Each is the head of a process group of its own. A watcher, whose standard input is a pipe from
//! the test, ends the group when that pipe closes, which it does however the test process ends.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::wait::eventually;

pub struct Process {
    child: Child,
    watcher: Child,
    /// Held open for programs that end with their standard input.
    _stdin: Option<ChildStdin>,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Process {
    /// Starts `command`; what it prints goes to `{name}.out` and `{name}.err` in `folder`.
    pub fn start(mut command: Command, folder: &Path, name: &str) -> Self {
        let stdout = folder.join(format!("{name}.out"));
        let stderr = folder.join(format!("{name}.err"));
        let program = command.get_program().to_owned();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(File::create(&stdout).unwrap())
            .stderr(File::create(&stderr).unwrap())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "{}: {error} (run `make test`, which installs it)",
                    program.display()
                )
            });
        let group = child.id();
        let watcher = Command::new("/bin/sh")
            .args(["-c", &format!("cat >/dev/null; kill -9 -{group} 2>/dev/null")])
            .stdin(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        Self {
            child,
            watcher,
            _stdin: stdin,
            stdout,
            stderr,
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Asks it to end (SIGTERM, SIGHUP, …) or to do whatever it does on that signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    pub fn stdout(&self) -> String {
        fs::read_to_string(&self.stdout).unwrap_or_default()
    }

    pub fn stderr(&self) -> String {
        fs::read_to_string(&self.stderr).unwrap_or_default()
    }

    /// What follows the first so many octets of what it has printed to its standard error.
    pub fn stderr_from(&self, octets: u64) -> String {
        let mut rest = Vec::new();
        let mut file = File::open(&self.stderr).unwrap();
        file.seek(SeekFrom::Start(octets)).unwrap();
        file.read_to_end(&mut rest).unwrap();
        String::from_utf8_lossy(&rest).into_owned()
    }

    /// The first line it prints that `wanted` makes something of. Fails the test if it ends before.
    pub async fn printed<T>(&mut self, what: &str, wanted: impl Fn(&str) -> Option<T>) -> T {
        eventually(what, || {
            let found = self
                .stdout()
                .split_inclusive('\n')
                .filter(|it| it.ends_with('\n'))
                .find_map(&wanted);
            if found.is_none()
                && let Some(status) = self.child.try_wait().unwrap()
            {
                panic!("{what}: ended with {status}\n{}{}", self.stdout(), self.stderr());
            }
            std::future::ready(found)
        })
        .await
    }

    pub fn has_ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        eventually("end of the process", || {
            std::future::ready(self.child.try_wait().unwrap())
        })
        .await
    }

    /// SIGKILL, at once, and waits until it is gone: what a power cut leaves of a process.
    pub fn kill(&mut self) {
        let _ = kill_process_group(self.pid(), Signal::KILL);
        let _ = self.child.wait();
    }

    /// Closes the watcher's pipe, as the end of the test process does.
    pub fn let_go(&mut self) {
        drop(self.watcher.stdin.take());
    }

    /// CPU seconds it has used so far, its threads included: `utime + stime` of `/proc`.
    pub fn cpu(&self) -> Duration {
        cpu_of(self.id())
    }

    /// CPU seconds that its threads have used so far, by name: the first figure of their `schedstat`, in ns.
    pub fn cpu_by_thread(&self) -> BTreeMap<String, Duration> {
        let mut by_name = BTreeMap::new();
        let threads = fs::read_dir(format!("/proc/{}/task", self.id())).unwrap();
        for thread in threads {
            let thread = thread.unwrap().path();
            // It may have ended since.
            let read = |name| fs::read_to_string(thread.join(name)).unwrap_or_default();
            let stat = read("schedstat");
            let nanos = stat.split_whitespace().next().and_then(|it| it.parse().ok());
            *by_name.entry(read("comm").trim_end().to_owned()).or_default() +=
                Duration::from_nanos(nanos.unwrap_or(0));
        }
        by_name
    }

    /// Octets of memory that it holds now: `VmRSS` of `/proc`.
    pub fn memory(&self) -> u64 {
        memory_of(self.id())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The watcher first: once the group is gone, its number may be another's.
        let _ = self.watcher.kill();
        let _ = self.watcher.wait();
        self.kill();
    }
}

/// CPU seconds of one process, in user and kernel, from clock ticks of 10 ms.
pub fn cpu_of(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The second field is the program's name in parentheses and may hold anything.
    let after_name = stat.rsplit_once(')').map_or("", |it| it.1);
    let ticks = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|it| it.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

/// Octets of memory that a process holds now; 0 where there is none.
pub fn memory_of(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|it| it.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
