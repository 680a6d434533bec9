// Package server starts a PostgreSQL of its own from the machine's binaries, for demonstrations and
// tests.
package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrNone says that the machine has no PostgreSQL, and how to get it.
var ErrNone = errors.New(
	"this machine has no PostgreSQL server: run 'apt-get update && apt-get install postgresql' (Debian, Ubuntu), or set DATABASE_URL")

// Server is a PostgreSQL in a temporary folder, on a free port of the loopback interface.
type Server struct {
	URL string

	bin, folder string
	port        int
	as          *syscall.SysProcAttr // its user, when this process is root
}

// Start makes a database in a temporary folder and serves it until Stop. The server refuses to run
// as root, so as root it is run as the user postgres, which the packages make. Settings are lines
// for postgresql.conf.
func Start(ctx context.Context, settings ...string) (*Server, error) {
	bin, err := find("/usr/lib/postgresql/*/bin")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin}
	if s.folder, err = os.MkdirTemp("", "jpmall-pg-"); err != nil {
		return nil, err
	}
	if err := s.start(ctx, settings); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, settings []string) error {
	if err := s.dropRoot(); err != nil {
		return err
	}
	if _, err := s.run(ctx, "initdb", "-D", s.data(), "-A", "trust", "-U", "jpmall", "-E", "UTF8",
		"--no-locale", "--no-sync"); err != nil {
		return err
	}
	// Another program may take the free port before the server does; then the next one is tried.
	for try := 0; ; try++ {
		var err error
		if s.port, err = freePort(); err != nil {
			return err
		}
		conf := slices.Concat([]string{
			"listen_addresses = '127.0.0.1'", "port = " + strconv.Itoa(s.port),
			"unix_socket_directories = ''", "max_connections = 200",
			"fsync = off", // it lives in a temporary folder: nothing need survive the machine
		}, settings)
		if err := os.WriteFile(filepath.Join(s.data(), "jpmall.conf"),
			[]byte(strings.Join(conf, "\n")+"\n"), 0o644); err != nil {
			return err
		}
		if try == 0 {
			if err := appendTo(filepath.Join(s.data(), "postgresql.conf"),
				"include = 'jpmall.conf'\n"); err != nil {
				return err
			}
		}
		if err = s.up(ctx); err == nil {
			break
		}
		if try == 2 {
			return err
		}
	}
	s.URL = fmt.Sprintf("postgres://jpmall@127.0.0.1:%d/postgres?sslmode=disable", s.port)
	return nil
}

// Restart stops the server as a crash of its processes does and starts it again on the same port.
func (s *Server) Restart(ctx context.Context) error {
	if _, err := s.run(ctx, "pg_ctl", "stop", "-D", s.data(), "-m", "immediate", "-w", "-t",
		"30"); err != nil {
		return err
	}
	return s.up(ctx)
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var err error
	if _, there := os.Stat(filepath.Join(s.data(), "postmaster.pid")); there == nil {
		_, err = s.run(ctx, "pg_ctl", "stop", "-D", s.data(), "-m", "fast", "-w", "-t", "30")
	}
	return errors.Join(err, os.RemoveAll(s.folder))
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }

func (s *Server) up(ctx context.Context) error {
	_, err := s.run(ctx, "pg_ctl", "start", "-D", s.data(), "-l", filepath.Join(s.folder, "log"),
		"-w", "-t", "60")
	return err
}

func (s *Server) run(ctx context.Context, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, program), args...)
	cmd.Dir, cmd.SysProcAttr = s.folder, s.as
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	// A file and no pipe: the server that pg_ctl leaves behind would hold a pipe open.
	out, err := os.CreateTemp(s.folder, "out-")
	if err != nil {
		return "", err
	}
	defer func() { _ = errors.Join(out.Close(), os.Remove(out.Name())) }()
	cmd.Stdout, cmd.Stderr = out, out
	err = cmd.Run()
	said, _ := os.ReadFile(out.Name())
	if err != nil {
		log, _ := os.ReadFile(filepath.Join(s.folder, "log"))
		return "", fmt.Errorf("%s: %w: %s%s", program, err, said, log)
	}
	return string(said), nil
}

// dropRoot gives the folder to the user that the server runs as.
func (s *Server) dropRoot() error {
	if os.Geteuid() != 0 {
		return nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return fmt.Errorf(
			"PostgreSQL does not run as root, and there is no user postgres to run it as: %w", err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return err
	}
	s.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return os.Chown(s.folder, int(uid), int(gid))
}

// find returns the folder with initdb and pg_ctl: of the newest version in Debian's folders, which
// are not on the path, or on the path.
func find(debian string) (string, error) {
	folders, err := filepath.Glob(debian)
	if err != nil {
		return "", err
	}
	slices.SortFunc(folders, func(a, b string) int { return version(b) - version(a) })
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			folders = append(folders, filepath.Dir(path))
		}
	}
	for _, f := range folders {
		_, noInit := os.Stat(filepath.Join(f, "initdb"))
		_, noControl := os.Stat(filepath.Join(f, "pg_ctl"))
		if noInit == nil && noControl == nil {
			return f, nil
		}
	}
	return "", ErrNone
}

func version(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

func appendTo(file, text string) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}
