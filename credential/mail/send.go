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

// errNoTLS means that the server would receive mails and passwords unencrypted.
var errNoTLS = errors.New("the server offers no STARTTLS")

// send sends one mail. On an error, step says which step failed.
func (n *Notifier) send(ctx context.Context, message []byte) (step string, err error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", n.cfg.Addr)
	if err != nil {
		return "connecting", err
	}
	defer conn.Close() // after Quit it is closed already
	// net/smtp has no contexts: the end of ctx interrupts reads and writes.
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
		if err := c.Auth(smtp.PlainAuth("", n.cfg.Username, n.cfg.Password.Reveal(),
			n.host)); err != nil {
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
	_ = c.Quit() // the server has accepted the mail already
	return "", nil
}

func hasPort(addr, port string) bool {
	_, have, err := net.SplitHostPort(addr)
	return err == nil && have == port
}

// explain fills in the class and hint of a failure. It leaves out the server's words, which may
// repeat what was sent.
func explain(ctx context.Context, fail *order.Error, step string, err error) {
	fail.Class, fail.Err = order.ErrTemporary, errors.New(step+" failed")
	var reply *textproto.Error
	var untrusted *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	switch {
	case ctx.Err() != nil:
		fail.Err = fmt.Errorf("%s: %w", step, ctx.Err())
	case errors.Is(err, errNoTLS):
		fail.Class = order.ErrInvalid
		fail.Err = errNoTLS
		fail.Hint = order.Text{EN: "use port 465, or Plain for a relay on this machine; nothing was sent",
			JA: "465番ポートを使うか、このマシンの中継サーバーなら暗号化なしの接続を許可してください。何も送信していません"}
	case errors.As(err, &untrusted), errors.As(err, &unknown):
		fail.Class = order.ErrInvalid
		fail.Hint = order.Text{
			EN: "the server's certificate is not trusted: check Addr, or give TLS with its authority",
			JA: "サーバーの証明書を信頼できません。メールサーバーのアドレスを確認するか、その認証局の証明書を設定してください"}
	case errors.As(err, &reply):
		fail.Code = strconv.Itoa(reply.Code)
		switch {
		case reply.Code == 530 || reply.Code == 534 || reply.Code == 535 || reply.Code == 538:
			fail.Class = order.ErrUnauthorized
			fail.Hint = order.Text{
				EN: "check Username and Password; many servers want a password made for programs",
				JA: "メールサーバーのユーザー名とパスワードを確認してください。プログラム用のパスワードが必要なサーバーもあります"}
		case reply.Code >= 500:
			fail.Class = order.ErrInvalid
		}
	}
}
