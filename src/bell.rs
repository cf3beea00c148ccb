//! The sound of a program that people chose for the soft bell.
//!
//! Owns: that program while it runs, and its end.
//! Never does: using a shell, showing what the program says, waiting for it, letting it outlive its time.
//! May see: nothing.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How often it is looked whether the program has ended, and how many times before it is made to: 5 seconds.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS: u32 = 100;

/// Programs that are run for bells, one at a time.
#[derive(Debug)]
pub struct Ringer {
    looks: u32,
    running: Arc<Mutex<Option<Child>>>,
}

impl Default for Ringer {
    fn default() -> Self {
        Self {
            looks: LOOKS,
            running: Arc::default(),
        }
    }
}

impl Ringer {
    /// Begins to ring with this program and its arguments, unless it rings still. A program that can't be started is no reason to disturb anybody:
    /// what the bell means stands on the screen as well.
    pub fn ring(&self, command: &[String]) {
        let Some((program, arguments)) = command.split_first() else {
            return;
        };
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return;
        }
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // Whatever it starts itself is ended with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let Ok(child) = command.spawn() else {
            return;
        };
        *running = Some(child);
        drop(running);
        let (watched, looks) = (Arc::clone(&self.running), self.looks);
        let watch = thread::Builder::new().name("bell".to_owned());
        if watch.spawn(move || look_after(&watched, looks)).is_err() {
            self.hush();
        }
    }

    /// Ends what rings.
    pub fn hush(&self) {
        hush(&self.running);
    }
}

impl Drop for Ringer {
    fn drop(&mut self) {
        self.hush();
    }
}

fn look_after(running: &Mutex<Option<Child>>, looks: u32) {
    for _ in 0..looks {
        {
            let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
            match running.as_mut().map(Child::try_wait) {
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

fn hush(running: &Mutex<Option<Child>>) {
    let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(mut child) = running.take() {
        // It may have ended by itself meanwhile.
        #[cfg(unix)]
        if let Some(group) = i32::try_from(child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn rings(ringer: &Ringer) -> bool {
        ringer.running.lock().unwrap().is_some()
    }

    fn command(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// Waits until it is silent; fails when that takes four times as long as it may.
    fn until_silent(ringer: &Ringer) {
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
        let ringer = Ringer::default();
        ringer.ring(&command(&["touch", odd.to_str().unwrap()]));
        until_silent(&ringer);
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(names.len(), 1);
        assert!(odd.exists());
    }

    #[test]
    fn it_rings_once_at_a_time_and_can_be_hushed() {
        let ringer = Ringer::default();
        let long = command(&["sleep", "600"]);
        ringer.ring(&long);
        let id = |ringer: &Ringer| ringer.running.lock().unwrap().as_ref().map(Child::id);
        let first = id(&ringer);
        assert!(first.is_some());
        ringer.ring(&long);
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
        let ringer = Ringer::default();
        let line = "sleep 600 >\"$0\" & wait";
        ringer.ring(&command(&["sh", "-c", line, lasts.to_str().unwrap()]));
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
        let mut ringer = Ringer::default();
        ringer.looks = 1;
        ringer.ring(&command(&["sleep", "600"]));
        until_silent(&ringer);
    }

    #[test]
    fn a_program_that_is_not_there_disturbs_nobody() {
        for words in [&["/no/such/program"][..], &[]] {
            let ringer = Ringer::default();
            ringer.ring(&command(words));
            assert!(!rings(&ringer));
        }
    }
}
