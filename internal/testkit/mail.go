package testkit

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
)

// MailServer is a real SMTP server on this machine. It speaks as much as a
// relay without log-in and without TLS does, and keeps what it is given.
type MailServer struct {
	Address string

	refuse  string
	mutex   sync.Mutex
	letters []string
}

// Mail starts a mail server that ends with the test. It answers refuse, such
// as 550, to every recipient, unless that is empty.
func Mail(t testing.TB, refuse string) *MailServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s := &MailServer{Address: l.Addr().String(), refuse: refuse}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.talk(c)
		}
	}()
	return s
}

// Letters are what has been taken so far, as it came.
func (s *MailServer) Letters() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.letters)
}

func (s *MailServer) talk(c net.Conn) {
	defer func() { _ = c.Close() }()
	lines := bufio.NewReader(c)
	say := func(answer string) { fmt.Fprint(c, answer+"\r\n") }
	say("220 mail.example ESMTP")
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " ")
		switch {
		case verb == "EHLO":
			say("250-mail.example\r\n250 8BITMIME")
		case verb == "RCPT" && s.refuse != "":
			say(s.refuse + " " + strings.TrimSpace(line))
		case verb == "DATA":
			say("354 go on")
			s.keep(lines)
			say("250 kept")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *MailServer) keep(lines *bufio.Reader) {
	var letter strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		if line == ".\r\n" {
			break
		}
		letter.WriteString(strings.TrimPrefix(line, "."))
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.letters = append(s.letters, letter.String())
}
