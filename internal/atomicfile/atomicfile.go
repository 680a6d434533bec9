// Package atomicfile reads and replaces small files that must never be half written, and locks
// them between processes. It imports nothing of this module, so that order and credential can use
// it.
package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// What is refused; for errors.Is.
var (
	ErrNotRegular = errors.New("not a regular file")
	ErrTooBig     = errors.New("the file is too big")
	ErrHeld       = errors.New("another process holds the lock")
)

// Open opens a file for reading, following symbolic links. Anything but a regular file (a folder,
// a device, a FIFO) is refused at once with ErrNotRegular, without blocking or side effects.
func Open(path string) (*os.File, fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%s: %w", path, ErrNotRegular)
	}
	// It may have become another thing since: without O_NONBLOCK a FIFO would wait for its writer.
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	if info, err = file.Stat(); err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s: %w", path, ErrNotRegular)
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, info, nil
}

// Read reads a file as Open opens it. A file of more than limit bytes is refused with ErrTooBig.
func Read(path string, limit int64) ([]byte, error) {
	file, _, err := Open(path)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("%s: more than %d bytes: %w", path, limit, ErrTooBig)
	}
	return content, nil
}

// Write replaces a file's content atomically: it writes path.tmp, mode 0600, syncs it, renames it
// to path and syncs the folder. Readers find the old or the new content, also after a crash at any
// point. When Write returns nil, the new content survives a loss of power. After an error it may
// be either.
//
// Whatever is at the temporary name is removed first, such as the remains of a killed process or a
// link, which is never followed. At path itself a link is replaced. Only one writer per path at a
// time; see Lock.
func Write(path string, content []byte) error {
	_, err := Replace(path, content)
	return err
}

// Replace is like Write and returns the new file's info, for os.SameFile.
func Replace(path string, content []byte) (fs.FileInfo, error) {
	return ReplaceWith(path, func(file *os.File) error {
		_, err := file.Write(content)
		return err
	})
}

// ReplaceWith is like Replace for content too large for memory: write writes it to the empty
// temporary file.
func ReplaceWith(path string, write func(*os.File) error) (fs.FileInfo, error) {
	temporary := path + ".tmp"
	if err := removeIfThere(temporary); err != nil {
		return nil, err
	}
	info, err := writeSynced(temporary, write)
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		return nil, errors.Join(err, removeIfThere(temporary))
	}
	return info, syncFolder(filepath.Dir(path))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func writeSynced(path string, write func(*os.File) error) (fs.FileInfo, error) {
	// O_EXCL refuses a link that somebody has put there since.
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	var info fs.FileInfo
	if err = write(file); err == nil {
		err = file.Sync()
	}
	if err == nil {
		info, err = file.Stat()
	}
	return info, errors.Join(err, file.Close())
}

// syncFolder makes the rename itself survive a loss of power. Windows cannot sync a folder; its
// rename is journalled.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("written, but its folder could not be synced: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("written, but its folder could not be synced: %w", err)
	}
	return nil
}
