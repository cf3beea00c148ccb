//! The sound of a program that people chose for the soft bell.
//!
//! Owns: that program while it runs, and its end.
//! Never does: using a shell, showing what the program says, letting it near the terminal, waiting for it, letting it
//! outlive its time.
//! May see: nothing.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap};

/// How often it is looked whether the program has ended, and how many times before it is made to: 5 seconds.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS: u32 = 100;

/// A program that rings, with all that it began.
type Running = Box<dyn ChildWrapper>;

/// Programs that are run for bells, one at a time.
#[derive(Debug)]
pub(crate) struct BellProgram {
    looks: u32,
    running: Arc<Mutex<Option<Running>>>,
}

impl Default for BellProgram {
    fn default() -> Self {
        Self {
            looks: LOOKS,
            running: Arc::default(),
        }
    }
}

impl BellProgram {
    /// Begins to ring with this program and its arguments, unless it rings still.
    ///
    /// # Errors
    /// Why the program can't be started.
    pub(crate) fn ring(&self, command: &[String]) -> io::Result<()> {
        let Some((program, arguments)) = command.split_first() else {
            return Ok(());
        };
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return Ok(());
        }
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut command = CommandWrap::from(command);
        // In a session of its own it has no terminal to write on, and whatever it starts itself is ended with it.
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessSession);
        *running = Some(command.spawn()?);
        drop(running);
        let (watched, looks) = (Arc::clone(&self.running), self.looks);
        let watch = thread::Builder::new().name("bell".to_owned());
        if watch.spawn(move || look_after(&watched, looks)).is_err() {
            self.hush();
        }
        Ok(())
    }

    /// Ends what rings.
    pub(crate) fn hush(&self) {
        hush(&self.running);
    }
}

impl Drop for BellProgram {
    fn drop(&mut self) {
        self.hush();
    }
}

/// Looks whether this program could be started, without starting it.
///
/// # Errors
/// Why not.
pub(crate) fn can_run(program: &str) -> io::Result<()> {
    if cfg!(not(unix)) {
        // What a name stands for is up to the system there; the first ring tells.
        return Ok(());
    }
    if program.contains('/') {
        return startable(Path::new(program));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let tried = std::env::split_paths(&path).map(|folder| startable(&folder.join(program)));
    let mut why = io::Error::from(io::ErrorKind::NotFound);
    for tried in tried {
        match tried {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => why = error,
        }
    }
    Err(why)
}

fn startable(path: &Path) -> io::Result<()> {
    if !path.metadata()?.is_file() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    #[cfg(unix)]
    rustix::fs::access(path, rustix::fs::Access::EXEC_OK)?;
    Ok(())
}

fn look_after(running: &Mutex<Option<Running>>, looks: u32) {
    for _ in 0..looks {
        {
            let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
            match running.as_mut().map(|child| child.try_wait()) {
                Some(Ok(None)) => {}
                Some(Ok(Some(_)) | Err(_)) => {
                    *running = None;
                    return;
                }
                None => return,
            }
        }
        thread::sleep(LOOK);
    }
    hush(running);
}

fn hush(running: &Mutex<Option<Running>>) {
    let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(mut child) = running.take() {
        // It may have ended by itself meanwhile.
        let _ = child.start_kill();
        let _ = child.wait();
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn rings(ringer: &BellProgram) -> bool {
        ringer.running.lock().unwrap().is_some()
    }

    fn command(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// Waits until it is silent; fails when that takes four times as long as it may.
    fn until_silent(ringer: &BellProgram) {
        for _ in 0..LOOKS * 4 {
            if !rings(ringer) {
                return;
            }
            thread::sleep(LOOK);
        }
        panic!("it rings for ever");
    }

    #[test]
    fn it_runs_the_words_as_they_stand_without_a_shell() {
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join("a; touch b");
        let ringer = BellProgram::default();
        let touch = command(&["touch", odd.to_str().unwrap()]);
        ringer.ring(&touch).unwrap();
        until_silent(&ringer);
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(names.len(), 1);
        assert!(odd.exists());
    }

    #[test]
    fn it_rings_once_at_a_time_and_can_be_hushed() {
        let ringer = BellProgram::default();
        let long = command(&["sleep", "600"]);
        ringer.ring(&long).unwrap();
        let id = |ringer: &BellProgram| {
            let running = ringer.running.lock().unwrap();
            running.as_ref().map(|child| child.id())
        };
        let first = id(&ringer);
        assert!(first.is_some());
        ringer.ring(&long).unwrap();
        assert_eq!(id(&ringer), first);
        ringer.hush();
        assert!(!rings(&ringer));
    }

    #[test]
    fn what_it_starts_itself_is_ended_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let lasts = folder.path().join("lasts");
        let made = std::process::Command::new("mkfifo").arg(&lasts).status();
        assert!(made.unwrap().success());
        let ringer = BellProgram::default();
        let line = "sleep 600 >\"$0\" & wait";
        let rings = command(&["sh", "-c", line, lasts.to_str().unwrap()]);
        ringer.ring(&rings).unwrap();
        // Opened once the inner one has it, and at its end once nobody has it any more.
        let mut inner = std::fs::File::open(&lasts).unwrap();
        ringer.hush();
        let mut rest = Vec::new();
        assert_eq!(
            std::io::Read::read_to_end(&mut inner, &mut rest).unwrap(),
            0
        );
    }

    #[test]
    fn what_does_not_end_by_itself_is_ended() {
        let mut ringer = BellProgram::default();
        ringer.looks = 1;
        ringer.ring(&command(&["sleep", "600"])).unwrap();
        until_silent(&ringer);
    }

    #[test]
    fn a_program_that_cannot_be_started_is_known_before_and_when_it_rings() {
        let ringer = BellProgram::default();
        for (program, why) in [
            ("/no/such/program", io::ErrorKind::NotFound),
            ("no-such-program", io::ErrorKind::NotFound),
            ("/etc/passwd", io::ErrorKind::PermissionDenied),
            ("/etc", io::ErrorKind::PermissionDenied),
        ] {
            assert_eq!(can_run(program).unwrap_err().kind(), why, "{program}");
            let rung = ringer.ring(&command(&[program]));
            assert_eq!(rung.unwrap_err().kind(), why, "{program}");
            assert!(!rings(&ringer));
        }
        for program in ["sh", "/bin/sh"] {
            can_run(program).unwrap();
        }
        // What is silent on purpose is no trouble.
        ringer.ring(&[]).unwrap();
        assert!(!rings(&ringer));
    }
}
