//! A disk in memory that records every call, and gives what a power cut may leave of them.
//!
//! A name is on the disk for certain once its folder was flushed after it was written there; before, it may be there or
//! not, whatever became of the calls after it. Only calls about one and the same name keep their order. A write flushes
//! what is in its file, and not the file's name.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use boardpack::archive::{Access, Disk, Entry, Hold, Kind, Lock, Store};

type Inode = usize;

#[derive(Debug, Clone)]
enum Node {
    File(Arc<Vec<u8>>),
    Folder(BTreeMap<String, Inode>),
}

/// A name in a folder that comes to mean something else, or nothing.
#[derive(Debug, Clone)]
struct Edit {
    folder: Inode,
    name: String,
    to: Option<Inode>,
}

/// A call that changes something.
#[derive(Debug, Clone)]
enum Call {
    /// Names, all in one step; where it writes a file, with half of its bytes as well.
    Names(Vec<Edit>, Option<Inode>),
    Flush(Inode),
}

#[derive(Debug, Clone)]
struct State {
    nodes: Vec<Node>,
    calls: Vec<Call>,
}

/// The disk.
pub struct Memory {
    state: Mutex<State>,
    /// Where the lock lies: no part of what is recorded.
    locks: Disk,
    exchanges: bool,
    /// What was there when the recording began.
    start: Vec<Node>,
}

impl Memory {
    /// Makes an empty one, whose lock lies in a folder.
    pub fn new(locks: &Path, exchanges: bool) -> Self {
        Self::holding(vec![Node::Folder(BTreeMap::new())], locks, exchanges)
    }

    fn holding(nodes: Vec<Node>, locks: &Path, exchanges: bool) -> Self {
        let state = Mutex::new(State { nodes: nodes.clone(), calls: Vec::new() });
        Self { state, locks: Disk::new(locks), exchanges, start: nodes }
    }

    /// Gives a disk with all that is on this one, flushed.
    pub fn settled(&self, locks: &Path) -> Self {
        Self::holding(self.state.lock().unwrap().nodes.clone(), locks, self.exchanges)
    }

    /// Gives every file and folder by path.
    pub fn files(&self) -> BTreeMap<String, Arc<Vec<u8>>> {
        let state = self.state.lock().unwrap();
        let mut files = BTreeMap::new();
        let mut open = vec![(String::new(), 0)];
        while let Some((path, inode)) = open.pop() {
            match &state.nodes[inode] {
                Node::File(bytes) => drop(files.insert(path, Arc::clone(bytes))),
                Node::Folder(names) => {
                    files.insert(format!("{path}/"), Arc::default());
                    open.extend(names.iter().map(|(name, inode)| (format!("{path}/{name}"), *inode)));
                }
            }
        }
        files
    }

    /// Gives how many calls were recorded.
    pub fn calls(&self) -> usize {
        self.state.lock().unwrap().calls.len()
    }

    /// Gives what a power cut may leave that comes before a call; `choose` gives for so many calls that are not certain
    /// which of them are on the disk, each time others.
    pub fn after_a_cut(
        &self,
        before: usize,
        locks: &Path,
        choose: &mut dyn FnMut(usize) -> Vec<Vec<bool>>,
    ) -> Vec<Self> {
        let state = self.state.lock().unwrap();
        let calls = &state.calls[..before];
        let certain = certain(calls);
        let open: Vec<usize> = (0..before).filter(|at| !certain.contains(at)).collect();
        let torn = state.calls.get(before).and_then(|call| match call {
            Call::Names(edits, Some(half)) => Some(Edit { to: Some(*half), ..edits[0].clone() }),
            _ => None,
        });
        let mut left = Vec::new();
        for chosen in choose(open.len()) {
            let kept: BTreeSet<usize> =
                open.iter().zip(&chosen).filter(|(_, kept)| **kept).map(|(at, _)| *at).collect();
            let mut nodes = state.nodes.clone();
            for node in &mut nodes {
                if let Node::Folder(names) = node {
                    names.clear();
                }
            }
            nodes[..self.start.len()].clone_from_slice(&self.start);
            let mut lost = BTreeSet::new();
            for (at, call) in calls.iter().enumerate() {
                let Call::Names(edits, _) = call else { continue };
                let names = || edits.iter().map(|edit| (edit.folder, edit.name.clone()));
                let waits = names().any(|name| lost.contains(&name));
                if certain.contains(&at) || (kept.contains(&at) && !waits) {
                    apply_all(&mut nodes, edits);
                } else {
                    lost.extend(names());
                }
            }
            if let Some(torn) = &torn {
                let mut nodes = nodes.clone();
                apply_all(&mut nodes, std::slice::from_ref(torn));
                left.push(Self::holding(nodes, locks, self.exchanges));
            }
            left.push(Self::holding(nodes, locks, self.exchanges));
        }
        left
    }

    fn change(&self, names: impl FnOnce(&mut State) -> io::Result<(Vec<Edit>, Option<Inode>)>) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        let (edits, half) = names(&mut state)?;
        apply_all(&mut state.nodes, &edits);
        state.calls.push(Call::Names(edits, half));
        Ok(())
    }
}

/// Gives the calls that every power cut leaves: those whose folders were all flushed afterwards, and those that such
/// ones build on.
fn certain(calls: &[Call]) -> BTreeSet<usize> {
    let mut flushed = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut certain = BTreeSet::new();
    for (at, call) in calls.iter().enumerate().rev() {
        match call {
            Call::Flush(folder) => drop(flushed.insert(*folder)),
            Call::Names(edits, _) => {
                let is_flushed = edits.iter().all(|edit| flushed.contains(&edit.folder));
                if is_flushed || edits.iter().any(|edit| names.contains(&(edit.folder, edit.name.as_str()))) {
                    certain.insert(at);
                    names.extend(edits.iter().map(|edit| (edit.folder, edit.name.as_str())));
                }
            }
        }
    }
    certain
}

fn apply_all(nodes: &mut [Node], edits: &[Edit]) {
    for edit in edits {
        let Node::Folder(names) = &mut nodes[edit.folder] else { panic!("names are in folders") };
        match edit.to {
            Some(inode) => drop(names.insert(edit.name.clone(), inode)),
            None => drop(names.remove(&edit.name)),
        }
    }
}

impl State {
    fn at(&self, path: &str) -> io::Result<Inode> {
        let mut inode = 0;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let Node::Folder(names) = &self.nodes[inode] else { return Err(io::ErrorKind::NotADirectory.into()) };
            inode = *names.get(part).ok_or(io::ErrorKind::NotFound)?;
        }
        Ok(inode)
    }

    fn folder(&self, path: &str) -> io::Result<&BTreeMap<String, Inode>> {
        match &self.nodes[self.at(path)?] {
            Node::Folder(names) => Ok(names),
            Node::File(_) => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    fn file(&self, path: &str) -> io::Result<Arc<Vec<u8>>> {
        match &self.nodes[self.at(path)?] {
            Node::File(bytes) => Ok(Arc::clone(bytes)),
            Node::Folder(_) => Err(io::ErrorKind::IsADirectory.into()),
        }
    }

    fn edit(&self, path: &str, to: Option<Inode>) -> io::Result<Edit> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.folder(folder)?;
        Ok(Edit { folder: self.at(folder)?, name: name.to_owned(), to })
    }

    /// Gives the edit by which a new name means something.
    fn new_name(&self, path: &str, to: Inode) -> io::Result<Edit> {
        if self.at(path).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.edit(path, Some(to))
    }

    fn make(&mut self, node: Node) -> Inode {
        self.nodes.push(node);
        self.nodes.len() - 1
    }
}

impl Store for Memory {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let state = self.state.lock().unwrap();
        let kind = |inode: &Inode| match state.nodes[*inode] {
            Node::File(_) => Kind::File,
            Node::Folder(_) => Kind::Folder,
        };
        Ok(state.folder(folder)?.iter().map(|(name, inode)| Entry { name: name.clone(), kind: kind(inode) }).collect())
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let bytes = self.state.lock().unwrap().file(path)?;
        Ok(Box::new(Cursor::new(bytes.as_ref().clone())))
    }

    fn size(&self, path: &str) -> io::Result<u64> {
        Ok(self.state.lock().unwrap().file(path)?.len() as u64)
    }

    fn write_new(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.change(|state| {
            let whole = state.make(Node::File(Arc::new(bytes.to_vec())));
            let half = state.make(Node::File(Arc::new(bytes[..bytes.len() / 2].to_vec())));
            Ok((vec![state.new_name(path, whole)?], Some(half)))
        })
    }

    fn make_folder(&self, path: &str, _: Access) -> io::Result<()> {
        self.change(|state| {
            let folder = state.make(Node::Folder(BTreeMap::new()));
            Ok((vec![state.new_name(path, folder)?], None))
        })
    }

    fn link_or_copy(&self, from: &str, to: &str) -> io::Result<()> {
        self.change(|state| {
            state.file(from)?;
            Ok((vec![state.new_name(to, state.at(from)?)?], None))
        })
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.change(|state| {
            let inode = state.at(from)?;
            Ok((vec![state.edit(from, None)?, state.new_name(to, inode)?], None))
        })
    }

    fn exchange(&self, one: &str, other: &str) -> io::Result<()> {
        if !self.exchanges {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.change(|state| {
            let (first, second) = (state.at(one)?, state.at(other)?);
            Ok((vec![state.edit(one, Some(second))?, state.edit(other, Some(first))?], None))
        })
    }

    fn remove_file(&self, path: &str) -> io::Result<()> {
        self.change(|state| {
            state.file(path)?;
            Ok((vec![state.edit(path, None)?], None))
        })
    }

    fn remove_folder(&self, path: &str) -> io::Result<()> {
        self.change(|state| {
            if !state.folder(path)?.is_empty() {
                return Err(io::ErrorKind::DirectoryNotEmpty.into());
            }
            Ok((vec![state.edit(path, None)?], None))
        })
    }

    fn flush_folder(&self, path: &str) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        let folder = state.at(path)?;
        state.calls.push(Call::Flush(folder));
        Ok(())
    }

    /// Nobody else writes here. Each lock is on a file of its own, since a process that another test has just started
    /// may still hold the last one.
    fn lock(&self, _: &str, _: Hold) -> io::Result<Lock> {
        static LOCKS: AtomicUsize = AtomicUsize::new(0);
        self.locks.lock(&LOCKS.fetch_add(1, Ordering::Relaxed).to_string(), Hold::Alone)
    }

    fn place(&self, path: &str) -> String {
        format!("disk/{path}")
    }
}
