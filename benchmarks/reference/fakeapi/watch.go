package main

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// watch keeps the connection open until the client's time is up. As nothing ever
// changes, it sends the present state where the client asks for it, then bookmarks.
func (h *handler) watch(w http.ResponseWriter, r *http.Request, c *collection, objects []object) {
	query := r.URL.Query()
	streams := query.Get("sendInitialEvents") == "true"
	version := query.Get("resourceVersion")

	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	if streams || version == "" || version == "0" {
		for _, o := range objects {
			if _, err := fmt.Fprintf(w, "{\"type\":\"ADDED\",\"object\":%s}\n", o.json); err != nil {
				return
			}
		}
	}
	if streams {
		h.bookmark(w, c, `"annotations":{"k8s.io/initial-events-end":"true"},`)
	}
	flush := http.NewResponseController(w).Flush
	if flush() != nil {
		return
	}

	ticks := time.NewTicker(h.bookmarks)
	defer ticks.Stop()
	end := time.NewTimer(timeLeft(query.Get("timeoutSeconds")))
	defer end.Stop()
	for {
		select {
		case <-ticks.C:
			if query.Get("allowWatchBookmarks") == "true" {
				h.bookmark(w, c, "")
			}
			if flush() != nil {
				return
			}
		case <-end.C:
			return
		case <-r.Context().Done():
			return
		}
	}
}

func (h *handler) bookmark(w io.Writer, c *collection, annotations string) {
	fmt.Fprintf(w, `{"type":"BOOKMARK","object":{"kind":"%s","apiVersion":"v1","metadata":{%s"resourceVersion":"%d"`,
		c.kind, annotations, h.version)
	if c.kind == "Pod" {
		fmt.Fprint(w, `},"spec":{"containers":null},"status":{}}}`+"\n")
		return
	}
	fmt.Fprint(w, `},"spec":{},"status":{}}}`+"\n")
}

func timeLeft(seconds string) time.Duration {
	if n, err := strconv.Atoi(seconds); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	return time.Hour
}
