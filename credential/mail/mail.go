// Package mail provides a [credential.Notifier] that sends notices by mail, over SMTP with TLS.
//
//	Notifier  sends each notice in one mail
//	Config    server, sender, recipients and language
//	New       checks a Config and returns a Notifier; it sends nothing
package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/mail"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// Config holds what a Notifier needs. Addr, From and To are required.
type Config struct {
	// host:port. 465 is TLS from the start; on any other port the server must offer STARTTLS
	Addr string
	From string   // "在庫係 <bot@example.jp>" or an address alone
	To   []string // the same; at most 100

	// Username and Password are for AUTH PLAIN. They are sent over TLS only, or with Plain to a
	// relay on this machine. With an empty Username there is no authentication.
	Username string
	Password credential.Secret

	Lang    credential.Lang // of the mail; "" is English
	TLS     *tls.Config     // never modified; nil trusts what the system trusts
	Plain   bool            // no TLS, for a relay on this machine; refused for any other
	Timeout time.Duration   // of one mail; 0 means 30 s
}

// Notifier sends notices by mail. It implements [credential.Notifier] and is safe for concurrent
// use; each notice has its own connection. It tries once: a Monitor tries again in its next pass.
// The Message-ID is derived from Notice.Key, so that a repeated notice can be recognised.
type Notifier struct {
	cfg  Config
	host string
	from *mail.Address
	to   []*mail.Address
}

const maxRecipients = 100

// New validates cfg and returns a Notifier. It sends nothing.
func New(cfg Config) (*Notifier, error) {
	n := &Notifier{cfg: cfg}
	var port string
	var err error
	if n.host, port, err = net.SplitHostPort(cfg.Addr); err != nil || n.host == "" || port == "" {
		return nil, errors.New("mail: Addr is not of the form host:port")
	}
	if n.from, err = mail.ParseAddress(cfg.From); err != nil {
		return nil, errors.New("mail: From is not a mail address")
	}
	for i, text := range cfg.To {
		to, err := mail.ParseAddress(text)
		if err != nil {
			return nil, fmt.Errorf("mail: To[%d] is not a mail address", i)
		}
		n.to = append(n.to, to)
	}
	switch ip := net.ParseIP(n.host); {
	case len(n.to) == 0 || len(n.to) > maxRecipients:
		return nil, fmt.Errorf("mail: To must hold 1 to %d addresses, got %d", maxRecipients,
			len(n.to))
	case cfg.Timeout < 0:
		return nil, errors.New("mail: Timeout must not be negative")
	case cfg.Username == "" && !cfg.Password.IsZero():
		return nil, errors.New("mail: a Password goes with a Username")
	case cfg.Plain && n.host != "localhost" && (ip == nil || !ip.IsLoopback()):
		return nil, errors.New("mail: Plain is for a relay on this machine only")
	}
	if n.cfg.Timeout == 0 {
		n.cfg.Timeout = 30 * time.Second
	}
	n.cfg.TLS = cfg.TLS.Clone()
	if n.cfg.TLS == nil {
		n.cfg.TLS = new(tls.Config)
	}
	if n.cfg.TLS.ServerName == "" {
		n.cfg.TLS.ServerName = n.host
	}
	return n, nil
}

// Format prints the server, and nothing else of the configuration.
func (n *Notifier) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "mail.Notifier(%s)", n.cfg.Addr) }

// Notify sends the notice to all recipients in one mail. Its error is an *order.Error with the
// notice's mall and shop and the operation "mail"; it quotes nothing that the server sent.
func (n *Notifier) Notify(ctx context.Context, notice credential.Notice) error {
	fail := &order.Error{Mall: notice.Mall, Shop: notice.Shop, Operation: "mail"}
	if n.from == nil {
		fail.Class, fail.Err = order.ErrInvalid, errors.New("a Notifier is made by New")
		return fail
	}
	ctx, cancel := context.WithTimeout(ctx, n.cfg.Timeout)
	defer cancel()
	step, err := n.send(ctx, n.message(notice, time.Now()))
	if err == nil {
		return nil
	}
	explain(ctx, fail, step, err)
	return fail
}

// message returns the mail with its headers.
func (n *Notifier) message(notice credential.Notice, now time.Time) []byte {
	var b bytes.Buffer
	header := func(name, value string) { b.WriteString(name + ": " + value + "\r\n") }
	header("From", n.from.String())
	var to []string
	for _, one := range n.to {
		to = append(to, one.String())
	}
	header("To", strings.Join(to, ",\r\n "))
	header("Subject", mime.BEncoding.Encode("utf-8",
		strings.Join(strings.Fields(notice.Title.In(n.cfg.Lang)), " ")))
	header("Date", now.In(order.JST).Format(time.RFC1123Z))
	sum := sha256.Sum256([]byte(notice.Key))
	_, domain, _ := strings.Cut(n.from.Address, "@")
	header("Message-ID", "<"+hex.EncodeToString(sum[:16])+"@"+domain+">")
	header("Auto-Submitted", "auto-generated") // RFC 3834: no holiday replies
	header("MIME-Version", "1.0")
	header("Content-Type", "text/plain; charset=utf-8")
	header("Content-Transfer-Encoding", "base64")
	b.WriteString("\r\n")
	text := base64.StdEncoding.EncodeToString(
		[]byte(strings.ReplaceAll(notice.Text(n.cfg.Lang), "\n", "\r\n")))
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	b.WriteString(text + "\r\n")
	return b.Bytes()
}
