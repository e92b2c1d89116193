package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// list writes one page; the token for the next is the number of objects before it.
func (h *handler) list(w http.ResponseWriter, query url.Values, c *collection, objects []object) {
	from, size, err := page(query, len(objects))
	if err != nil {
		fail(w, http.StatusBadRequest, "BadRequest", err.Error(), nil)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	out := bufio.NewWriterSize(w, 64<<10)
	fmt.Fprintf(out, `{"kind":"%sList","apiVersion":"v1","metadata":{"resourceVersion":"%d"`, c.kind, h.version)
	if rest := len(objects) - from - size; rest > 0 {
		fmt.Fprintf(out, `,"continue":"%s","remainingItemCount":%d`, token(from+size), rest)
	}
	out.WriteString(`},"items":[`)
	for i, o := range objects[from : from+size] {
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(o.json)
	}
	out.WriteString("]}\n")
	_ = out.Flush() // The client is gone; nothing is left to tell.
}

func page(query url.Values, total int) (from, size int, err error) {
	if text := query.Get("continue"); text != "" {
		raw, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			return 0, 0, fmt.Errorf("continue key is not valid: %w", err)
		}
		if from, err = strconv.Atoi(string(raw)); err != nil || from < 0 || from > total {
			return 0, 0, fmt.Errorf("continue key is not valid: %q", raw)
		}
	}
	size = total - from
	if text := query.Get("limit"); text != "" {
		limit, err := strconv.Atoi(text)
		if err != nil {
			return 0, 0, fmt.Errorf("limit is not a number: %q", text)
		}
		if limit > 0 {
			size = min(size, limit)
		}
	}
	return from, size, nil
}

func token(from int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(from)))
}
