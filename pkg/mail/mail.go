// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package mail hands messages to the mail system of the organisation (SMTP):
// one server, named in the configuration, over TLS unless it is on this very
// machine.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/netip"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"rugzak/pkg/rugzak"
)

// TLS says how a connection is made safe.
type TLS string

// The ways.
const (
	StartTLS TLS = "starttls" // begins in the clear and must become TLS before anything is said
	Implicit TLS = "tls"      // TLS from the first byte
	None     TLS = "none"     // for a mail system on this machine only
)

// Options say which mail system, and in whose name.
type Options struct {
	Host           string
	Port           int
	User, Password string // both or neither
	TLS            TLS
	From           string // address
	// Roots are the authorities that are believed; nil for those of the machine.
	Roots *x509.CertPool
	// Timeout bounds one message, from dialling to the end.
	Timeout time.Duration
}

// defaultTimeout is how long one message may take.
const defaultTimeout = 30 * time.Second

// Mailer is a rugzak.Mailer.
type Mailer struct {
	options Options
	domain  string // of the sender
}

// New checks the options; it does not connect.
func New(o Options) (*Mailer, error) {
	_, domain, ok := strings.Cut(o.From, "@")
	if sender, err := netmail.ParseAddress(o.From); err != nil || sender.Address != o.From {
		ok = false
	}
	switch {
	case o.Host == "" || o.Port <= 0 || o.Port > 65535:
		return nil, errors.New("mail: a host and a port are needed")
	case !ok || domain == "":
		return nil, errors.New("mail: the sender needs an address")
	case (o.User == "") != (o.Password == ""):
		return nil, errors.New("mail: a user goes with a password")
	case o.TLS == None && (!Loopback(o.Host) || o.User != ""):
		return nil, errors.New("mail: without TLS only a mail system on this machine will do, and no password")
	case o.TLS != None && o.TLS != StartTLS && o.TLS != Implicit:
		return nil, errors.New("mail: unknown way of TLS")
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	return &Mailer{options: o, domain: domain}, nil
}

// Loopback reports whether a host is this very machine.
func Loopback(host string) bool {
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// line is the connection of one message. The library leaves it open when a
// conversation goes wrong early; hanging up ends it in any case.
type line struct{ conn net.Conn }

func (l *line) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	l.conn = conn
	return conn, err
}

func (l *line) hangUp() {
	if l.conn != nil {
		_ = l.conn.Close() // closed twice is fine
	}
}

// client is made anew for each message: they are few, and a connection that
// stays open breaks at the wrong moment.
func (m *Mailer) client(l *line) (*gomail.Client, error) {
	o := m.options
	options := []gomail.Option{
		gomail.WithPort(o.Port), gomail.WithTimeout(o.Timeout), gomail.WithHELO(m.domain),
		gomail.WithTLSConfig(&tls.Config{ServerName: o.Host, RootCAs: o.Roots, MinVersion: tls.VersionTLS12}),
	}
	switch o.TLS {
	case None:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS), gomail.WithDialContextFunc(l.dial))
	case Implicit:
		options = append(options, gomail.WithSSL())
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory), gomail.WithDialContextFunc(l.dial))
	}
	if o.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(o.User), gomail.WithPassword(o.Password))
	}
	return gomail.NewClient(o.Host, options...)
}

// Send hands one message over.
func (m *Mailer) Send(ctx context.Context, message rugzak.Message) error {
	msg, err := m.compose(message)
	if err != nil {
		return refused(err)
	}
	var l line
	defer l.hangUp()
	client, err := m.client(&l)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, m.options.Timeout)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() { // a farewell that fails is no matter
		return nil
	}
	return told(err)
}

func (m *Mailer) compose(message rugzak.Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	// Not written out and read again: a name may hold quotes.
	msg.SetAddrHeaderFromMailAddress(gomail.HeaderFrom, &netmail.Address{Name: header(message.From), Address: m.options.From})
	if err := msg.To(message.To); err != nil {
		return nil, errors.New("the receiver is no address")
	}
	msg.Subject(header(message.Subject))
	msg.SetDateWithValue(message.Composed)
	msg.SetMessageIDWithValue(message.ID + "@" + m.domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // so that nobody's holiday answers
	if message.Unsubscribe != "" {
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+message.Unsubscribe+">")
		// Mail programs press the button themselves, and only over https.
		if strings.HasPrefix(message.Unsubscribe, "https://") {
			msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
		}
	}
	msg.SetBodyString(gomail.TypeTextPlain, message.Text)
	if message.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, message.HTML)
	}
	return msg, nil
}

// header is a text as it may stand in a header: on one line, and no longer than
// anybody reads.
func header(text string) string {
	const most = 200 // characters; a line of a mail ends at 998 bytes
	runes := []rune(rugzak.Line(text))
	if len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return string(runes)
}

// told makes an error that holds no address: what a mail system answers may.
func told(err error) error {
	failed, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return &rugzak.Error{Code: rugzak.CodeUnavailable, Err: fmt.Errorf("mail: connect: %w", err)}
	}
	code := failed.ErrorCode()
	said := fmt.Errorf("%s (%d)", failed.Reason, code)
	// 55x and the like are about this very message; 53x and 5xx before RCPT are
	// about us, and may be mended.
	if code >= 550 && code <= 556 && failed.Reason == gomail.ErrSMTPRcptTo {
		return refused(said)
	}
	return &rugzak.Error{Code: rugzak.CodeUnavailable, Err: fmt.Errorf("mail: %w", said)}
}

func refused(err error) error {
	return &rugzak.Error{Code: rugzak.CodeInvalid, Err: fmt.Errorf("mail: refused: %w", err)}
}
