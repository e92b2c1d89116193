// Command measure takes the figures that wrk cannot.
//
//	measure first URL BODY COUNT CONNECTIONS   waits until URL answers BODY, then times the first COUNT requests
//	measure process COMMAND [ARGUMENT...]      runs a command and tells its time and memory
package main

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 5 && args[0] == "first":
		body, err := os.ReadFile(args[2])
		if err != nil {
			return err
		}
		count, err := strconv.Atoi(args[3])
		if err != nil {
			return err
		}
		connections, err := strconv.Atoi(args[4])
		if err != nil {
			return err
		}
		return first(args[1], body, count, connections)
	case len(args) > 1 && args[0] == "process":
		return process(args[1:])
	default:
		return errors.New("usage: measure first URL BODY COUNT CONNECTIONS | measure process COMMAND [ARGUMENT...]")
	}
}

func newClient(connections int) *http.Client {
	return &http.Client{
		Timeout: 30 * time.Second,
		Transport: &http.Transport{
			TLSClientConfig:     &tls.Config{InsecureSkipVerify: true}, // Loopback, a certificate made for this run.
			MaxIdleConnsPerHost: connections,
			DisableCompression:  true,
		},
	}
}

func post(client *http.Client, url string, body []byte) error {
	response, err := client.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = errors.New(response.Status)
	}
	return err
}

// first prints "READY P50 P99 MAX", all in milliseconds; READY counts from the start of this process.
func first(url string, body []byte, count, connections int) error {
	start := time.Now()
	took := make([]time.Duration, 0, count)
	for {
		// A connection of its own each time: a port that is not open yet must not leave anything behind.
		probe := newClient(1)
		sent := time.Now()
		err := post(probe, url, body)
		probe.CloseIdleConnections()
		if err == nil {
			took = append(took, time.Since(sent))
			break
		}
		if time.Since(start) > time.Minute {
			return fmt.Errorf("%s does not answer: %w", url, err)
		}
		time.Sleep(2 * time.Millisecond)
	}
	ready := time.Since(start)

	client := newClient(connections)
	var (
		lock  sync.Mutex
		group sync.WaitGroup
		next  atomic.Int64
		fault error
	)
	next.Store(1)
	for range connections {
		group.Go(func() {
			for next.Add(1) <= int64(count) {
				sent := time.Now()
				err := post(client, url, body)
				lock.Lock()
				took = append(took, time.Since(sent))
				if err != nil {
					fault = err
				}
				lock.Unlock()
			}
		})
	}
	group.Wait()
	if fault != nil {
		return fault
	}
	sort.Slice(took, func(i, j int) bool { return took[i] < took[j] })
	ms := func(d time.Duration) string { return strconv.FormatFloat(d.Seconds()*1000, 'f', 1, 64) }
	fmt.Println(ms(ready), ms(took[len(took)/2]), ms(took[len(took)*99/100]), ms(took[len(took)-1]))
	return nil
}

// process prints "EXIT WALL CPU MB" on standard error: seconds, seconds of all threads, and peak memory.
func process(args []string) error {
	command := exec.Command(args[0], args[1:]...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	start := time.Now()
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err
	}
	wall := time.Since(start)
	state := command.ProcessState
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return errors.New("this system does not tell what a process used")
	}
	fmt.Fprintf(os.Stderr, "%d %.2f %.2f %d\n",
		state.ExitCode(), wall.Seconds(), (state.UserTime() + state.SystemTime()).Seconds(), usage.Maxrss/1024)
	return nil
}
