//! Where archives are: a folder of files, or one file of the sort that everybody can open.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use forum::db::archive::{Pack, Unpack};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::Failure;

/// A folder.
pub(super) struct Folder {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), file: None }
    }

    /// The last file is done, and on the disk.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match self.file.take() {
            Some(file) => file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all(),
            None => Ok(()),
        }
    }
}

impl Pack for Folder {
    fn start(&mut self, file: &str) -> io::Result<()> {
        self.finish()?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        self.file = Some(BufWriter::new(options.open(self.path.join(file))?));
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.as_mut().ok_or(io::ErrorKind::NotFound)?.write_all(bytes)
    }
}

impl Unpack for Folder {
    fn open(&mut self, file: &str) -> io::Result<Box<dyn BufRead + Send + '_>> {
        // what a manifest names is a file of its own folder
        if Path::new(file).file_name().is_none_or(|name| name != file) {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        Ok(Box::new(BufReader::new(File::open(self.path.join(file))?)))
    }
}

/// One file, to be written.
pub(super) struct Zip(ZipWriter<BufWriter<File>>);

impl Zip {
    pub(super) fn new(file: File) -> Self {
        Self(ZipWriter::new(BufWriter::new(file)))
    }

    /// It is whole.
    pub(super) fn finish(self) -> io::Result<()> {
        self.0.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

impl Pack for Zip {
    fn start(&mut self, file: &str) -> io::Result<()> {
        Ok(self.0.start_file(file, SimpleFileOptions::default().large_file(true).unix_permissions(0o600))?)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }
}

/// One file, to be read.
pub(super) struct Zipped(ZipArchive<BufReader<File>>);

impl Zipped {
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let file = File::open(path).map_err(Failure::io(format!("can't read {}", path.display())))?;
        let opened = ZipArchive::new(BufReader::new(file));
        Ok(Self(opened.map_err(|error| Failure::Refused(format!("{} is no back-up: {error}", path.display())))?))
    }
}

impl Unpack for Zipped {
    fn open(&mut self, file: &str) -> io::Result<Box<dyn BufRead + Send + '_>> {
        Ok(Box::new(BufReader::new(self.0.by_name(file)?)))
    }
}
