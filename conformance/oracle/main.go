// Command oracle answers questions about Pod Security with the published Go
// reference, k8s.io/pod-security-admission: one JSON line in, one JSON line
// out, in the same order. README.md describes the protocol.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"

	"github.com/go-logr/logr"
	"k8s.io/klog/v2"
)

func main() {
	workers := flag.Int("p", runtime.GOMAXPROCS(0), "lines answered at the same time")
	flag.Parse()
	if flag.NArg() > 0 || *workers < 1 {
		fmt.Fprintln(os.Stderr, "usage: oracle [-p WORKERS] < questions.jsonl > answers.jsonl")
		os.Exit(2)
	}
	// The reference logs every decode error; the answers already carry them.
	klog.SetLogger(logr.Discard())

	o, err := newOracle()
	if err == nil {
		err = o.stream(os.Stdin, os.Stdout, *workers)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}
