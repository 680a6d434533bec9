package mail_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/credentialtest"
	jpmail "github.com/jpmall/jpmall/credential/mail"
	"github.com/jpmall/jpmall/order"
)

// server is an invented SMTP server. script changes what it answers to a verb; "" hangs.
type server struct {
	addr   string
	tls    *tls.Config
	roots  *x509.CertPool
	script map[string]string
	no     bool // offers no STARTTLS

	mu       sync.Mutex
	commands []string
	mails    []string
	secure   bool
}

func serve(t *testing.T, s *server) *server {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate
	t.Cleanup(web.Close)
	s.tls, s.roots = &tls.Config{Certificates: web.TLS.Certificates}, x509.NewCertPool()
	s.roots.AddCert(web.Certificate())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	s.addr = listener.Addr().String()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

func (s *server) talk(conn net.Conn) {
	defer func() { conn.Close() }()
	lines := bufio.NewReader(conn)
	fmt.Fprint(conn, "220 mail.example ESMTP\r\n")
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		s.mu.Lock()
		s.commands = append(s.commands, strings.TrimSpace(line))
		answer, ok := s.script[verb]
		s.mu.Unlock()
		if ok {
			if answer == "" {
				_, _ = io.Copy(io.Discard, conn)
				return
			}
			fmt.Fprint(conn, answer+"\r\n")
			continue
		}
		switch verb {
		case "EHLO":
			if s.no {
				fmt.Fprint(conn, "250-mail.example\r\n250 AUTH PLAIN\r\n")
			} else {
				fmt.Fprint(conn, "250-mail.example\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n")
			}
		case "STARTTLS":
			fmt.Fprint(conn, "220 go on\r\n")
			secure := tls.Server(conn, s.tls)
			if secure.Handshake() != nil {
				return
			}
			conn, lines = secure, bufio.NewReader(secure)
			s.mu.Lock()
			s.secure = true
			s.mu.Unlock()
		case "AUTH":
			fmt.Fprint(conn, "235 welcome\r\n")
		case "DATA":
			fmt.Fprint(conn, "354 go on\r\n")
			var text strings.Builder
			for {
				line, err := lines.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				text.WriteString(line)
			}
			s.mu.Lock()
			s.mails = append(s.mails, text.String())
			s.mu.Unlock()
			fmt.Fprint(conn, "250 taken\r\n")
		case "QUIT":
			fmt.Fprint(conn, "221 bye\r\n")
			return
		default:
			fmt.Fprint(conn, "250 fine\r\n")
		}
	}
}

func (s *server) config() jpmail.Config {
	return jpmail.Config{Addr: s.addr, From: "鍵番 <bot@shop.example>",
		To:       []string{"staff@shop.example", "責任者 <boss@shop.example>"},
		Username: "bot", Password: credential.NewSecret("canaryPASScanary"), Lang: credential.Japanese,
		TLS: &tls.Config{RootCAs: s.roots}}
}

var demo = credential.Notice{
	Key: "rakuten/本店/license-key|expiring|x", Event: credential.EventExpiring, Mall: order.Rakuten, Shop: "本店",
	Kind:  credential.KindLicenseKey,
	Title: credential.Text{JA: "楽天市場 本店: ライセンスキーの期限まであと3日です\r\nBcc: evil@example.com", EN: "licenseKey ends in 3 days"},
	Steps: []credential.Text{{JA: "RMSにログインします。", EN: "Sign in to RMS."}}, Note: strings.Repeat("長いメモ。", 60),
}

func TestAMail(t *testing.T) {
	s := serve(t, new(server))
	n, err := jpmail.New(s.config())
	require.NoError(t, err)
	require.NoError(t, n.Notify(t.Context(), demo))
	require.NoError(t, n.Notify(t.Context(), demo))
	require.Len(t, s.mails, 2)
	require.True(t, s.secure)
	require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", n, n, n, n), "canary")
	require.Equal(t, []string{"EHLO localhost", "STARTTLS", "EHLO localhost",
		"AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00bot\x00canaryPASScanary")),
		"MAIL FROM:<bot@shop.example>", "RCPT TO:<staff@shop.example>", "RCPT TO:<boss@shop.example>"}, s.commands[:7])

	m, err := mail.ReadMessage(strings.NewReader(s.mails[0]))
	require.NoError(t, err)
	for _, line := range strings.Split(s.mails[0], "\r\n") {
		require.LessOrEqual(t, len(line), 998)
		for _, r := range line {
			require.Less(t, r, rune(128), "ASCII only: not every server takes more")
		}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	require.NoError(t, err)
	require.Equal(t, "楽天市場 本店: ライセンスキーの期限まであと3日です Bcc: evil@example.com", subject)
	require.Empty(t, m.Header.Get("Bcc"), "a title makes no header")
	to, err := m.Header.AddressList("To")
	require.NoError(t, err)
	require.Equal(t, []*mail.Address{{Address: "staff@shop.example"}, {Name: "責任者", Address: "boss@shop.example"}}, to)
	at, err := m.Header.Date()
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), at, time.Minute)
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	require.NoError(t, err)
	require.Equal(t, demo.Text(credential.Japanese), strings.ReplaceAll(string(body), "\r\n", "\n"))
	again, err := mail.ReadMessage(strings.NewReader(s.mails[1]))
	require.NoError(t, err)
	require.Equal(t, m.Header.Get("Message-Id"), again.Header.Get("Message-Id"), "the same notice is known again")
}

func TestMailsAreANotifier(t *testing.T) {
	credentialtest.TestNotifier(t, func() (*credentialtest.Notifier, error) {
		s := serve(t, new(server))
		n, err := jpmail.New(s.config())
		return &credentialtest.Notifier{
			Notifier: n,
			Told:     func() int { s.mu.Lock(); defer s.mu.Unlock(); return len(s.mails) },
			Fail: func() {
				s.mu.Lock()
				defer s.mu.Unlock()
				s.script = map[string]string{"RCPT": "451 later"}
			},
		}, err
	})
}

func TestFailures(t *testing.T) {
	for name, test := range map[string]struct {
		server *server
		change func(*jpmail.Config)
		class  order.Class
		code   string
		text   string
	}{
		"no TLS":         {server: &server{no: true}, class: order.ErrInvalid, text: "STARTTLS"},
		"not trusted":    {change: func(c *jpmail.Config) { c.TLS = nil }, class: order.ErrInvalid, text: "certificate"},
		"another's":      {change: func(c *jpmail.Config) { c.TLS.ServerName = "mail.other.test" }, class: order.ErrInvalid, text: "certificate"},
		"wrong password": {server: &server{script: map[string]string{"AUTH": "535 canaryPASScanary is wrong"}}, class: order.ErrUnauthorized, code: "535", text: "Password"},
		"unknown person": {server: &server{script: map[string]string{"RCPT": "550 canaryPASScanary no such user"}}, class: order.ErrInvalid, code: "550", text: "To[0]"},
		"greylisted":     {server: &server{script: map[string]string{"RCPT": "451 later"}}, class: order.ErrTemporary, code: "451", text: "To[0]"},
		"full":           {server: &server{script: map[string]string{"DATA": "452 full"}}, class: order.ErrTemporary, code: "452", text: "the mail"},
		"hangs":          {server: &server{script: map[string]string{"MAIL": ""}}, change: func(c *jpmail.Config) { c.Timeout = 10 * time.Second }, class: order.ErrTemporary, text: "sender"},
		"nobody there":   {change: func(c *jpmail.Config) { c.Addr = "127.0.0.1:1" }, class: order.ErrTemporary, text: "connecting"},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "hangs" {
				t.Parallel() // Timeout must be enough for a slow machine to come as far as the sender
			}
			if test.server == nil {
				test.server = new(server)
			}
			s := serve(t, test.server)
			cfg := s.config()
			if test.change != nil {
				test.change(&cfg)
			}
			n, err := jpmail.New(cfg)
			require.NoError(t, err)
			err = n.Notify(t.Context(), demo)
			require.ErrorIs(t, err, test.class)
			require.ErrorContains(t, err, test.text)
			var e *order.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, test.code, e.Code)
			require.Equal(t, "本店", e.Shop)
			require.NotContains(t, err.Error(), "canary")
			require.Empty(t, s.mails)
			if test.class == order.ErrInvalid && test.code == "" {
				require.NotContains(t, strings.Join(s.commands, "\n"), "AUTH",
					"no password goes to a server that cannot be trusted")
			}
		})
	}
}

func TestNotifyEndsWithItsContext(t *testing.T) {
	s := serve(t, &server{script: map[string]string{"EHLO": ""}})
	n, err := jpmail.New(s.config())
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, n.Notify(ctx, demo), context.DeadlineExceeded)
	require.ErrorIs(t, new(jpmail.Notifier).Notify(t.Context(), demo), order.ErrInvalid)
}

func TestNewRefuses(t *testing.T) {
	good := jpmail.Config{Addr: "mail.example:587", From: "bot@shop.example", To: []string{"staff@shop.example"}}
	_, err := jpmail.New(good)
	require.NoError(t, err)
	for want, edit := range map[string]func(*jpmail.Config){
		"Addr":     func(c *jpmail.Config) { c.Addr = "mail.example" },
		"From":     func(c *jpmail.Config) { c.From = "bot" },
		"To must":  func(c *jpmail.Config) { c.To = nil },
		"To[1]":    func(c *jpmail.Config) { c.To = []string{"a@shop.example", "b@shop.example\r\nBcc: c@shop.example"} },
		"Timeout":  func(c *jpmail.Config) { c.Timeout = -1 },
		"Username": func(c *jpmail.Config) { c.Password = credential.NewSecret("x") },
		"Plain":    func(c *jpmail.Config) { c.Plain = true },
	} {
		cfg := good
		edit(&cfg)
		_, err := jpmail.New(cfg)
		require.ErrorContains(t, err, want)
	}
}

func TestARelayOnThisMachine(t *testing.T) {
	s := serve(t, &server{no: true})
	cfg := s.config()
	cfg.Plain, cfg.Username, cfg.Password = true, "", credential.Secret{}
	n, err := jpmail.New(cfg)
	require.NoError(t, err)
	require.NoError(t, n.Notify(t.Context(), demo))
	require.Len(t, s.mails, 1)
	require.False(t, s.secure)
}
