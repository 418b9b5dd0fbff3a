// pprofserver answers with profiles of itself over TCP, TLS, TLS with client certificates, and a unix
// socket, until its standard input ends. It prints the three ports, one a line, and writes
// ca.pem, client.pem, client.key, server.pem, server.key and app.sock into the folder that is its argument.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

var kept [][]byte

//go:noinline
func keep() {
	for range 64 {
		kept = append(kept, make([]byte, 64<<10))
	}
}

func main() {
	log.SetOutput(io.Discard)
	runtime.MemProfileRate = 1
	keep()
	folder := os.Args[1]

	ca, caKey := certificate(nil, nil, "authority")
	server, serverKey := certificate(ca, caKey, "server")
	client, clientKey := certificate(ca, caKey, "client")
	write(folder, "ca.pem", "CERTIFICATE", ca.Raw)
	write(folder, "client.pem", "CERTIFICATE", client.Raw)
	key, err := x509.MarshalPKCS8PrivateKey(clientKey)
	check(err)
	write(folder, "client.key", "PRIVATE KEY", key)

	write(folder, "server.pem", "CERTIFICATE", server.Raw)
	key, err = x509.MarshalPKCS8PrivateKey(serverKey)
	check(err)
	write(folder, "server.key", "PRIVATE KEY", key)

	pool := x509.NewCertPool()
	pool.AddCert(ca)
	plain := tls.Certificate{Certificate: [][]byte{server.Raw}, PrivateKey: serverKey}
	open := &tls.Config{Certificates: []tls.Certificate{plain}}
	closed := open.Clone()
	closed.ClientAuth = tls.RequireAndVerifyClientCert
	closed.ClientCAs = pool

	http.HandleFunc("/private", func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if user != "ann" || password != "s3cret" {
			http.Error(w, "who?", http.StatusUnauthorized)
			return
		}
		http.Redirect(w, r, "/debug/pprof/heap", http.StatusFound)
	})
	for _, config := range []*tls.Config{nil, open, closed} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		check(err)
		fmt.Println(listener.Addr().(*net.TCPAddr).Port)
		if config != nil {
			listener = tls.NewListener(listener, config)
		}
		go http.Serve(listener, nil)
	}
	socket, err := net.Listen("unix", filepath.Join(folder, "app.sock"))
	check(err)
	go http.Serve(socket, nil)
	fmt.Println("ready")
	io.Copy(io.Discard, os.Stdin)
}

func certificate(
	parent *x509.Certificate, parentKey *ecdsa.PrivateKey, name string,
) (*x509.Certificate, *ecdsa.PrivateKey) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	if parent == nil {
		template.IsCA = true
		template.BasicConstraintsValid = true
		template.KeyUsage = x509.KeyUsageCertSign
		parent, parentKey = template, key
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, parentKey)
	check(err)
	made, err := x509.ParseCertificate(raw)
	check(err)
	return made, key
}

func write(folder, name, kind string, bytes []byte) {
	block := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes})
	check(os.WriteFile(filepath.Join(folder, name), block, 0o600))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
