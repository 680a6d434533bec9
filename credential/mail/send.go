package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"net/textproto"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/order"
)

// errNoTLS is a server that would have mails and passwords in clear.
var errNoTLS = errors.New("the server offers no STARTTLS")

// send has one conversation with the server. step says where it ended.
func (n *Notifier) send(ctx context.Context, message []byte) (step string, err error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", n.cfg.Addr)
	if err != nil {
		return "connecting", err
	}
	defer conn.Close() // after Quit it is closed already
	// net/smtp knows no context: its end breaks every read and write off.
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	implicit := !n.cfg.Plain && hasPort(n.cfg.Addr, "465")
	if implicit {
		secure := tls.Client(conn, n.cfg.TLS)
		if err := secure.HandshakeContext(ctx); err != nil {
			return "TLS", err
		}
		conn = secure
	}
	c, err := smtp.NewClient(conn, n.host)
	if err != nil {
		return "greeting", err
	}
	if !implicit && !n.cfg.Plain {
		if ok, _ := c.Extension("STARTTLS"); !ok {
			return "TLS", errNoTLS
		}
		if err := c.StartTLS(n.cfg.TLS); err != nil {
			return "TLS", err
		}
	}
	if n.cfg.Username != "" {
		if err := c.Auth(smtp.PlainAuth("", n.cfg.Username, n.cfg.Password.Reveal(), n.host)); err != nil {
			return "signing in", err
		}
	}
	if err := c.Mail(n.from.Address); err != nil {
		return "the sender", err
	}
	for i, to := range n.to {
		if err := c.Rcpt(to.Address); err != nil {
			return fmt.Sprintf("To[%d]", i), err
		}
	}
	body, err := c.Data()
	if err != nil {
		return "the mail", err
	}
	if _, err := body.Write(message); err != nil {
		return "the mail", err
	}
	if err := body.Close(); err != nil {
		return "the mail", err
	}
	_ = c.Quit() // the server has taken the mail; how it says goodbye changes nothing
	return "", nil
}

func hasPort(addr, port string) bool {
	_, have, err := net.SplitHostPort(addr)
	return err == nil && have == port
}

// explain fills in what a failure is. The server's words stay out: they may repeat what was sent.
func explain(ctx context.Context, fail *order.Error, step string, err error) {
	fail.Class, fail.Err = order.ErrTemporary, errors.New(step+" failed")
	var reply *textproto.Error
	var untrusted *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	switch {
	case ctx.Err() != nil:
		fail.Err = fmt.Errorf("%s: %w", step, ctx.Err())
	case errors.Is(err, errNoTLS):
		fail.Class, fail.Err, fail.Hint = order.ErrInvalid, errNoTLS, "use port 465, or Plain for a relay on this machine; nothing was sent"
	case errors.As(err, &untrusted), errors.As(err, &unknown):
		fail.Class, fail.Hint = order.ErrInvalid, "the server's certificate is not trusted: check Addr, or give TLS with its authority"
	case errors.As(err, &reply):
		fail.Code = strconv.Itoa(reply.Code)
		switch {
		case reply.Code == 530 || reply.Code == 534 || reply.Code == 535 || reply.Code == 538:
			fail.Class, fail.Hint = order.ErrUnauthorized, "check Username and Password; many servers want a password made for programs"
		case reply.Code >= 500:
			fail.Class = order.ErrInvalid
		}
	}
}
