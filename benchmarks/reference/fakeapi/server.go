package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// collection is a kind of object and where it is served.
type collection struct {
	kind, resource string
	all            []object
}

type handler struct {
	version          int
	namespaces, pods collection
	bookmarks        time.Duration
}

func newHandler(c *cluster, bookmarks time.Duration) http.Handler {
	h := &handler{
		version:    c.version,
		namespaces: collection{"Namespace", "namespaces", c.namespaces},
		pods:       collection{"Pod", "pods", c.pods},
		bookmarks:  bookmarks,
	}
	mux := http.NewServeMux()
	for _, path := range []string{"/healthz", "/livez", "/readyz"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") })
	}
	mux.HandleFunc("GET /version", fixedJSON(`{"major":"1","minor":"37","gitVersion":"v1.37.2","platform":"linux/amd64"}`))
	mux.HandleFunc("GET /api", fixedJSON(`{"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[]}`))
	mux.HandleFunc("GET /apis", fixedJSON(`{"kind":"APIGroupList","apiVersion":"v1","groups":[]}`))
	mux.HandleFunc("GET /api/v1", fixedJSON(`{"kind":"APIResourceList","groupVersion":"v1","resources":[`+
		`{"name":"namespaces","singularName":"namespace","namespaced":false,"kind":"Namespace","verbs":["get","list","watch"]},`+
		`{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list","watch"]}]}`))
	mux.HandleFunc("GET /api/v1/namespaces", h.collection(&h.namespaces))
	mux.HandleFunc("GET /api/v1/namespaces/{name}", h.one(&h.namespaces))
	mux.HandleFunc("GET /api/v1/pods", h.collection(&h.pods))
	mux.HandleFunc("GET /api/v1/namespaces/{namespace}/pods", h.collection(&h.pods))
	mux.HandleFunc("GET /api/v1/namespaces/{namespace}/pods/{name}", h.one(&h.pods))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			fail(w, http.StatusMethodNotAllowed, "MethodNotAllowed", "this server is read-only", nil)
			return
		}
		fail(w, http.StatusNotFound, "NotFound", "the server could not find the requested resource", nil)
	})
	return mux
}

func fixedJSON(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintln(w, body)
	}
}

// one answers GET of a single object.
func (h *handler) one(c *collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name, namespace := r.PathValue("name"), r.PathValue("namespace")
		for _, o := range c.all {
			if o.name == name && o.namespace == namespace {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write(o.json)
				return
			}
		}
		fail(w, http.StatusNotFound, "NotFound", fmt.Sprintf("%s %q not found", c.resource, name),
			map[string]string{"name": name, "kind": c.resource})
	}
}

// collection answers a LIST or a WATCH.
func (h *handler) collection(c *collection) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		selected, err := c.choose(r.PathValue("namespace"), query)
		if err != nil {
			fail(w, http.StatusBadRequest, "BadRequest", err.Error(), nil)
			return
		}
		if watch := query.Get("watch"); watch == "true" || watch == "1" {
			h.watch(w, r, c, selected)
			return
		}
		h.list(w, query, c, selected)
	}
}

// choose applies the path's namespace and the two field selectors that clients use here.
func (c *collection) choose(namespace string, query url.Values) ([]object, error) {
	name := ""
	if query.Get("labelSelector") != "" {
		return nil, fmt.Errorf("label selectors are not supported")
	}
	for _, term := range strings.Split(query.Get("fieldSelector"), ",") {
		key, value, _ := strings.Cut(term, "=")
		switch key {
		case "":
		case "metadata.name":
			name = strings.TrimPrefix(value, "=")
		case "metadata.namespace":
			namespace = strings.TrimPrefix(value, "=")
		default:
			return nil, fmt.Errorf("field label not supported: %s", key)
		}
	}
	if name == "" && namespace == "" {
		return c.all, nil
	}
	var chosen []object
	for _, o := range c.all {
		if (name == "" || o.name == name) && (namespace == "" || o.namespace == namespace) {
			chosen = append(chosen, o)
		}
	}
	return chosen, nil
}

// fail answers with a Status, as an API server does.
func fail(w http.ResponseWriter, code int, reason, message string, details map[string]string) {
	status := map[string]any{
		"kind": "Status", "apiVersion": "v1", "metadata": map[string]any{}, "status": "Failure",
		"message": message, "reason": reason, "code": code,
	}
	if details != nil {
		status["details"] = details
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(status)
}
