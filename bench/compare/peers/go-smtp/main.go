// go-smtp with a backend that reads messages to their end and keeps nothing: PORT [KEY CERT].
package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/emersion/go-smtp"
)

var accepted int64

type discarding struct{}

func (discarding) Login(*smtp.ConnectionState, string, string) (smtp.Session, error) {
	return nil, smtp.ErrAuthUnsupported
}

func (discarding) AnonymousLogin(*smtp.ConnectionState) (smtp.Session, error) {
	return discarding{}, nil
}

func (discarding) Reset()                              {}
func (discarding) Logout() error                       { return nil }
func (discarding) Mail(string, smtp.MailOptions) error { return nil }
func (discarding) Rcpt(string) error                   { return nil }

func (discarding) Data(content io.Reader) error {
	if _, err := io.Copy(io.Discard, content); err != nil {
		return err
	}
	atomic.AddInt64(&accepted, 1)
	return nil
}

func main() {
	server := smtp.NewServer(discarding{})
	server.Addr = "127.0.0.1:" + os.Args[1]
	server.Domain = "bench.example"
	server.MaxMessageBytes = 200 << 20
	server.MaxRecipients = 1000
	server.ReadTimeout = 5 * time.Minute
	server.WriteTimeout = 5 * time.Minute
	if len(os.Args) > 3 {
		certificate, err := tls.LoadX509KeyPair(os.Args[3], os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
	}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM)
	go func() {
		<-ended
		fmt.Println("accepted", atomic.LoadInt64(&accepted))
		os.Exit(0)
	}()
	log.Fatal(server.ListenAndServe())
}
