// Command fakeapi is a small, read-only API server: namespaces and pods that a
// webhook can get, list and watch. Benchmarks run every webhook against it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "address to serve on; port 0 takes a free one")
	kubeconfig := flag.String("kubeconfig", "", "file to write a kubeconfig to, once the server answers")
	dir := flag.String("dir", "", "folder of YAML and JSON files with more Namespaces and Pods")
	namespaces := flag.Int("namespaces", 0, "namespaces to make up besides the fixed ones")
	pods := flag.Int("pods-per-namespace", 0, "pods to make up in each namespace, fixed ones included")
	useTLS := flag.Bool("tls", false, "serve HTTPS with a certificate made for this run")
	bookmarks := flag.Duration("bookmarks", 30*time.Second, "time between two bookmarks of a watch")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "fakeapi: unexpected argument", flag.Arg(0))
		os.Exit(2)
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, *listen, *kubeconfig, *useTLS, *bookmarks, func() (*cluster, error) {
		return newCluster(*namespaces, *pods, *dir)
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "fakeapi:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, address, kubeconfig string, useTLS bool, bookmarks time.Duration, load func() (*cluster, error)) error {
	c, err := load()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	access := access{server: "http://" + listener.Addr().String()}
	server := &http.Server{
		Handler:           newHandler(c, bookmarks),
		ReadHeaderTimeout: 30 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	if useTLS {
		if access, server.TLSConfig, err = newCertificate(listener.Addr().(*net.TCPAddr)); err != nil {
			return err
		}
	}
	if kubeconfig != "" {
		if err := os.WriteFile(kubeconfig, access.kubeconfig(), 0o600); err != nil {
			return err
		}
	}
	fmt.Printf("%s: %d namespaces, %d pods\n", access.server, len(c.namespaces), len(c.pods))

	go func() {
		<-ctx.Done()
		_ = server.Close() // Watches never end by themselves.
	}()
	if useTLS {
		err = server.ServeTLS(listener, "", "")
	} else {
		err = server.Serve(listener)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
