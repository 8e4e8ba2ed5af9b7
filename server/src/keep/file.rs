//! Files and folders that get their name when they are whole, and take that of no other.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use crate::Failure;

/// A file that is being written beside its place; gone again unless it is kept.
pub(crate) struct Draft {
    to: PathBuf,
    path: PathBuf,
}

/// A folder of files, likewise.
pub(super) struct DraftFolder {
    to: PathBuf,
    path: PathBuf,
}

/// Beside its place, under a name that no other process takes.
fn beside(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(format!(".part-{}", std::process::id()));
    to.with_file_name(name)
}

fn cant(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    Failure::io(format!("can't write {}", path.display()))
}

/// The folder of a file: what it says of the file's name has to reach the disk as well.
fn sync_folder_of(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(cant(folder))
}

impl Draft {
    /// An empty file for what is to get this name.
    pub(crate) fn of(to: &Path) -> Result<Self, Failure> {
        if to.symlink_metadata().is_ok() {
            return Err(Failure::Refused(format!("{} is there already, and is not written over", to.display())));
        }
        Self::beside(to)
    }

    /// The same, whatever stands under the name.
    pub(super) fn beside(to: &Path) -> Result<Self, Failure> {
        let path = beside(to);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).map_err(cant(&path))?;
        Ok(Self { to: to.to_owned(), path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn open(&self) -> Result<File, Failure> {
        OpenOptions::new().write(true).open(&self.path).map_err(cant(&self.path))
    }

    fn sync(&self) -> Result<(), Failure> {
        File::open(&self.path).and_then(|file| file.sync_all()).map_err(cant(&self.path))
    }

    /// Gives it its name, if nobody took it meanwhile.
    pub(crate) fn keep(self) -> Result<(), Failure> {
        self.sync()?;
        // unlike a renaming, a second name never takes the place of a file
        match fs::hard_link(&self.path, &self.to) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(cant(&self.to)(error)),
            // not every disk knows second names
            Err(_) if self.to.symlink_metadata().is_err() => fs::rename(&self.path, &self.to).map_err(cant(&self.to))?,
            Err(error) => return Err(cant(&self.to)(error)),
        }
        sync_folder_of(&self.to)
    }

    /// Gives it its name, which at most an empty file has.
    pub(super) fn keep_over_nothing(self) -> Result<(), Failure> {
        self.sync()?;
        fs::rename(&self.path, &self.to).map_err(cant(&self.to))?;
        sync_folder_of(&self.to)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // when it was kept, this is its second name, or gone
        let _ = fs::remove_file(&self.path);
    }
}

impl DraftFolder {
    /// A folder for what is to get this name.
    pub(super) fn of(to: &Path) -> Result<Self, Failure> {
        // without a slash at its end
        let to: PathBuf = to.components().collect();
        let is_free = match fs::read_dir(&to) {
            Ok(mut files) => files.next().is_none(),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if !is_free {
            return Err(Failure::Refused(format!("{} is there already, and is not written over", to.display())));
        }
        let path = beside(&to);
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(cant(&path))?;
        Ok(Self { to, path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name. Of folders, only an empty one is replaced.
    pub(super) fn keep(self) -> Result<(), Failure> {
        sync_folder_of(&self.path.join("."))?;
        fs::rename(&self.path, &self.to).map_err(cant(&self.to))?;
        sync_folder_of(&self.to)
    }
}

impl Drop for DraftFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}
