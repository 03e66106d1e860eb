//! Why the archive could not be read or added to, and what is so now.

use thiserror::Error;

use crate::fs::Cause;

/// Why something could not be done with an archive; each says what the archive holds now.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ArchiveFailure {
    /// Another process has the lock.
    #[error("another boardpack is writing into the archive `{place}`")]
    Busy {
        /// Folder of the archive.
        place: String,
    },
    /// The folder holds something else.
    #[error("`{place}` is not an archive: {why}")]
    NotAnArchive {
        /// Folder of the archive.
        place: String,
        /// What is there or is missing.
        why: String,
    },
    /// The archive or a meeting of it was written in another format.
    #[error("`{place}` is in the format `{found}`; this boardpack knows `{known}`")]
    OtherFormat {
        /// Folder or file.
        place: String,
        /// What it says of itself.
        found: String,
        /// What it should say.
        known: &'static str,
    },
    /// The id of a meeting cannot be the name of a folder on every system.
    #[error("`{meeting}` cannot be archived under its id: {why}")]
    BadMeeting {
        /// Id of the meeting.
        meeting: String,
        /// Why not.
        why: String,
    },
    /// The path of a file cannot be one on every system.
    #[error("`{path}` cannot be archived under its path: {why}")]
    BadPath {
        /// Path as given.
        path: String,
        /// Why not.
        why: String,
    },
    /// Two names that some systems take for one.
    #[error("`{new}` cannot be archived beside `{old}`: not every disk keeps the two apart")]
    Clash {
        /// What is there already.
        old: String,
        /// What should be added.
        new: String,
    },
    /// The time is not one of RFC 3339.
    #[error("`{time}` is not a time such as `2026-09-16T10:00:00Z`")]
    BadTime {
        /// Time as given.
        time: String,
    },
    /// The meeting has other issues than the caller knows of.
    #[error("{meeting} has {} in the archive, not {}; nothing was written", issues(*found), issues(*expected))]
    Taken {
        /// Id of the meeting.
        meeting: String,
        /// How many issues the caller knows of.
        expected: u32,
        /// How many there are.
        found: u32,
    },
    /// The meeting was removed when its time was over.
    #[error("{meeting} was removed from the archive")]
    Removed {
        /// Id of the meeting.
        meeting: String,
    },
    /// The meeting is not there.
    #[error("{meeting} is not in the archive")]
    NoMeeting {
        /// Id of the meeting.
        meeting: String,
    },
    /// The issue is not there.
    #[error("{meeting} has {} in the archive, and no issue {issue}", issues(*issues_there))]
    NoIssue {
        /// Id of the meeting.
        meeting: String,
        /// Number asked for.
        issue: u32,
        /// How many there are.
        issues_there: u32,
    },
    /// The file is not there.
    #[error("issue {issue} of {meeting} holds no `{path}`")]
    NoFile {
        /// Id of the meeting.
        meeting: String,
        /// Number of the issue.
        issue: u32,
        /// Path asked for.
        path: String,
    },
    /// The public root has issues of a meeting that the whole one has lost.
    #[error("`{place}` {}", lost(*whole, *public))]
    Lost {
        /// Folder of the meeting in the whole root.
        place: String,
        /// How many issues it has.
        whole: u32,
        /// How many the public root has.
        public: u32,
    },
    /// The time is before that of the last record.
    #[error("{now} is before {before}, the time of the last record in `{place}`")]
    SetBack {
        /// Folder of the meeting.
        place: String,
        /// Time as given.
        now: String,
        /// Time of its last record.
        before: String,
    },
    /// Something in the archive is not what was put there.
    #[error("the archive is damaged: `{place}` {wrong}")]
    Damaged {
        /// File or folder.
        place: String,
        /// What is wrong with it.
        wrong: String,
    },
    /// An issue was not written.
    #[error("issue {issue} of {meeting} was not written; {}: {cause}", standing(*issue))]
    NotWritten {
        /// Id of the meeting.
        meeting: String,
        /// Number that the issue would have had.
        issue: u32,
        /// Why not.
        cause: Box<ArchiveFailure>,
    },
    /// An issue is there, but its public part or its flushing was cut off.
    #[error("issue {issue} of {meeting} is in the archive, but its public part is not finished: {cause}")]
    Unfinished {
        /// Id of the meeting.
        meeting: String,
        /// Number of the issue.
        issue: u32,
        /// Why not.
        cause: Box<ArchiveFailure>,
    },
    /// A meeting was not removed.
    #[error("{meeting} was not removed; all of its issues are as they were: {cause}")]
    NotRemoved {
        /// Id of the meeting.
        meeting: String,
        /// Why not.
        cause: Box<ArchiveFailure>,
    },
    /// A meeting is recorded as removed, but some of it is still there.
    #[error("{meeting} is recorded as removed, but not all of it is gone: {cause}")]
    RemovalUnfinished {
        /// Id of the meeting.
        meeting: String,
        /// Why not.
        cause: Box<ArchiveFailure>,
    },
    /// Nothing was taken back.
    #[error("nothing was taken back; all issues are as they were: {cause}")]
    NotTakenBack {
        /// Why not.
        cause: Box<ArchiveFailure>,
    },
    /// Something is recorded as taken back, but some of it is still there.
    #[error("it is recorded as taken back, but NOT ALL OF IT IS GONE: {cause}")]
    TakingBackUnfinished {
        /// Why not.
        cause: Box<ArchiveFailure>,
    },
    /// The disk would not do.
    #[error("cannot {action} `{path}`: {reason}")]
    Disk {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: String,
        /// Why not, and whose it is where that is why.
        reason: String,
        /// Why not, in kind.
        why: Cause,
    },
}

impl ArchiveFailure {
    /// Gives what to do about it, in the imperative.
    pub fn help(&self) -> String {
        match self {
            Self::Busy { .. } => "wait until it has ended, and try again",
            Self::NotAnArchive { .. } => "name the folder of an archive, or an empty one to begin it in",
            Self::OtherFormat { .. } => "use the version of boardpack that wrote it, or a newer one",
            Self::BadMeeting { .. } => {
                "rename the folder of the body or of the meeting with plain letters, digits and `-`"
            }
            Self::BadPath { .. } => "rename the file with fewer and plainer characters",
            Self::Clash { .. } => "give one of the two a name that differs in more than capital and small letters",
            Self::BadTime { .. } => "give date, time and time zone",
            Self::Taken { .. } => "look at the issues that are there, and issue again if it is still wanted",
            Self::Removed { .. } => "restore it from a backup if it is needed; its id cannot be used again",
            Self::NoMeeting { .. } => "list the archive to see which meetings it holds",
            Self::NoIssue { .. } => "list the archive to see which issues the meeting has",
            Self::NoFile { .. } => "list the files of the issue",
            Self::Lost { place, .. } => {
                return format!("restore `{place}` from a backup; until then nothing is added to it");
            }
            Self::SetBack { .. } => "set the clock right, then try again",
            Self::Damaged { .. } | Self::Disk { why: Cause::Missing, .. } => {
                "verify the archive, and restore what it names from a backup"
            }
            Self::NotWritten { cause, .. } | Self::NotRemoved { cause, .. } | Self::NotTakenBack { cause } => {
                return cause.help();
            }
            Self::Unfinished { cause, .. } | Self::RemovalUnfinished { cause, .. } => {
                return format!("{}; `boardpack archive repair` finishes it as well", cause.help());
            }
            Self::Disk { why, .. } => {
                let remedy = why.remedy().unwrap_or("check the folder and the disk that it lies on");
                return format!("{remedy}, then run the same command again");
            }
            Self::TakingBackUnfinished { .. } => {
                "mend that, then run `boardpack archive repair`, which takes away the rest; until then take the public root off the web server"
            }
        }
        .into()
    }
}

/// Says what the whole root has of a meeting, and what the public one.
pub(super) fn lost(whole: u32, public: u32) -> String {
    let has = match whole {
        0 => "is lost".to_owned(),
        _ => format!("has only {}", issues(whole)),
    };
    format!("{has}, but `public` has {} of it", issues(public))
}

fn issues(count: u32) -> String {
    match count {
        0 => "no issue".into(),
        1 => "1 issue".into(),
        count => format!("{count} issues"),
    }
}

/// Says what is as it was when this issue was not written.
fn standing(issue: u32) -> String {
    match issue.saturating_sub(1) {
        0 => "the archive is as it was".into(),
        1 => "issue 1 is as it was".into(),
        2 => "issues 1 and 2 are as they were".into(),
        last => format!("issues 1 to {last} are as they were"),
    }
}
