package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"time"
)

// access is what a client needs to know; authority is empty without TLS.
type access struct {
	server    string
	authority []byte
}

func (a access) kubeconfig() []byte {
	authority := ""
	if a.authority != nil {
		authority = "\n    certificate-authority-data: " + base64.StdEncoding.EncodeToString(a.authority)
	}
	return fmt.Appendf(nil, `apiVersion: v1
kind: Config
clusters:
- name: fake
  cluster:
    server: %s%s
users:
- name: anyone
  user: {}
contexts:
- name: fake
  context:
    cluster: fake
    user: anyone
current-context: fake
`, a.server, authority)
}

// newCertificate makes a self-signed certificate for the address, valid for a day.
func newCertificate(address *net.TCPAddr) (access, *tls.Config, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return access{}, nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(now.UnixNano()),
		Subject:               pkix.Name{CommonName: "fakeapi"},
		NotBefore:             now.Add(-time.Minute),
		NotAfter:              now.Add(24 * time.Hour),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true,
		DNSNames:              []string{"localhost"},
		IPAddresses:           []net.IP{address.IP},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return access{}, nil, err
	}
	return access{
			server:    "https://" + address.String(),
			authority: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		}, &tls.Config{
			MinVersion:   tls.VersionTLS12,
			Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
		}, nil
}
