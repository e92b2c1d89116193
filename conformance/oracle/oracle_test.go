package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// answer streams lines through a new oracle and gives what it wrote.
func answer(t *testing.T, workers int, lines ...string) string {
	t.Helper()
	o, err := newOracle()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := o.stream(strings.NewReader(strings.Join(lines, "\n")), &out, workers); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const (
	reviewOpening = `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u1","kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},"name":"p","namespace":"n","operation":"CREATE","object":`
	hostPIDReview = reviewOpening + `{"spec":{"hostPID":true}}}}`
	namespaceN    = `[{"metadata":{"name":"n","labels":{"pod-security.kubernetes.io/enforce":"baseline"}}}]`
	denied        = `"response":{"uid":"u1","allowed":false,"status":{"metadata":{},"status":"Failure","message":"pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": host namespaces (hostPID=true)","reason":"Forbidden","details":{"name":"p","kind":"pods"},"code":403},"auditAnnotations":{"enforce-policy":"baseline:latest"}}`
)

func TestOneLineOneAnswer(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"evaluate, denied": {
			`{"op":"evaluate","id":1,"level":"baseline","version":"v1.0","pod":{"spec":{"hostPID":true}}}`,
			`{"id":1,"allowed":false,"reason":"host namespaces","detail":"host namespaces (hostPID=true)"}`,
		},
		"evaluate, allowed": {
			`{"op":"evaluate","id":"a","level":"privileged","version":"latest","pod":{"spec":{"hostPID":true}}}`,
			`{"id":"a","allowed":true,"reason":"","detail":""}`,
		},
		"evaluate at several": {
			`{"op":"evaluate","id":[1],"at":["privileged:latest","baseline:v1.20"],"pod":{"spec":{"hostIPC":true}}}`,
			`{"id":[1],"results":[{"allowed":true,"reason":"","detail":""},{"allowed":false,"reason":"host namespaces","detail":"host namespaces (hostIPC=true)"}]}`,
		},
		"evaluate, type error": {
			`{"op":"evaluate","id":1,"level":"baseline","version":"latest","pod":{"spec":{"hostPID":1}}}`,
			`{"id":1,"error":"json: cannot unmarshal number into Go struct field PodSpec.spec.hostPID of type bool"}`,
		},
		"evaluate, another kind": {
			`{"op":"evaluate","id":1,"level":"baseline","version":"latest","pod":{"kind":"Foo"}}`,
			`{"id":1,"error":"no kind \"Foo\" is registered for version \"v1\" in scheme \"k8s.io/pod-security-admission/cmd/webhook/server/scheme.go:29\""}`,
		},
		"evaluate, bytes that no line can hold": {
			`{"op":"evaluate","id":1,"level":"baseline","version":"latest","podBytes":"e30gew=="}`,
			`{"id":1,"error":"couldn't get version/kind; json parse error: invalid character '{' after top-level value"}`,
		},
		"evaluate, bad level": {
			`{"op":"evaluate","id":1,"level":"Baseline","version":"latest","pod":{}}`,
			`{"id":1,"error":"level \"Baseline\": must be one of privileged, baseline, restricted"}`,
		},
		"labels": {
			`{"op":"labels","id":1,"labels":{"pod-security.kubernetes.io/enforce":"foo","pod-security.kubernetes.io/warn-version":null},"defaults":{"audit":"baseline:v1.3"}}`,
			`{"id":1,"policy":{"enforce":"restricted:latest","audit":"baseline:v1.3","warn":"privileged:latest"},"errors":["metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"foo\": must be one of privileged, baseline, restricted","metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: \"\": must be \"latest\" or \"v1.x\""]}`,
		},
		"labels, none": {
			`{"op":"labels","id":1,"labels":null}`,
			`{"id":1,"policy":{"enforce":"privileged:latest","audit":"privileged:latest","warn":"privileged:latest"},"errors":[]}`,
		},
		"admission": {
			`{"op":"admission","id":1,"namespaces":` + namespaceN + `,"review":` + hostPIDReview + `}`,
			`{"id":1,` + denied + `}`,
		},
		"admission, unknown namespace": {
			`{"op":"admission","id":1,"review":` + reviewOpening + `null}}}`,
			`{"id":1,"response":{"uid":"u1","allowed":false,"status":{"metadata":{},"status":"Failure","message":"Internal error occurred: failed to lookup namespace \"n\"","reason":"InternalError","details":{"causes":[{"message":"failed to lookup namespace \"n\""}]},"code":500},"auditAnnotations":{"error":"Internal error occurred: failed to lookup namespace \"n\": namespaces \"n\" not found"}}}`,
		},
		"admission without a request": {
			`{"op":"admission","id":1,"review":{}}`,
			`{"id":1,"aborted":"runtime error: invalid memory address or nil pointer dereference"}`,
		},
		"admission that is no review": {
			`{"op":"admission","id":1,"review":{"apiVersion":"v1","kind":"Pod"}}`,
			`{"id":1,"status":400,"error":"unexpected AdmissionReview kind: /v1, Kind=Pod"}`,
		},
		"config, unknown kind": {
			`{"op":"config","id":1,"content":"apiVersion: v1\nkind: ConfigMap\n"}`,
			`{"id":1,"stage":"load","error":"no kind \"ConfigMap\" is registered for version \"v1\" in scheme \"k8s.io/pod-security-admission/admission/api/scheme/scheme.go:31\"","webhookError":"no kind \"ConfigMap\" is registered for version \"v1\" in scheme \"k8s.io/pod-security-admission/admission/api/scheme/scheme.go:31\""}`,
		},
		"config, nothing": {
			`{"op":"config","id":1,"content":""}`,
			`{"id":1,"stage":"ok","defaults":{"audit":"privileged","audit-version":"latest","enforce":"privileged","enforce-version":"latest","warn":"privileged","warn-version":"latest"},"exemptions":{"namespaces":[],"runtimeClasses":[],"usernames":[]}}`,
		},
		"no such operation": {
			`{"op":"bless","id":1}`,
			`{"id":1,"error":"\"op\" must be one of evaluate, labels, setup, admission, metrics, config"}`,
		},
		"no JSON": {`evaluate`, `{"error":"the line is not a JSON object"}`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := answer(t, 1, c.line); got != c.want+"\n" {
				t.Errorf("got  %swant %s", got, c.want)
			}
		})
	}
}

func TestSetupIsSeenByLaterLinesOnly(t *testing.T) {
	question := `{"op":"admission","id":1,"setup":"s","review":` + hostPIDReview + `}`
	got := answer(t, 4,
		question,
		`{"op":"setup","id":2,"setup":"s","namespaces":`+namespaceN+`}`,
		question,
		`{"op":"setup","id":3,"setup":"s","config":"kind: Foo"}`,
		question)
	want := `{"id":1,"error":"no set-up is named \"s\""}
{"id":2,"setup":"s"}
{"id":1,` + denied + `}
{"id":3,"error":"Object 'apiVersion' is missing in 'kind: Foo'"}
{"id":1,"error":"no set-up is named \"s\""}
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestMetricsCountAllEarlierLines(t *testing.T) {
	lines := []string{`{"op":"setup","setup":"s","namespaces":` + namespaceN + `}`}
	for range 1000 {
		lines = append(lines, `{"op":"admission","setup":"s","review":`+hostPIDReview+`}`)
	}
	lines = append(lines, `{"op":"metrics","setup":"s"}`)
	got := answer(t, 4, lines...)
	want := `request_operation=\"create\",resource=\"pod\",subresource=\"\"} 1000\n`
	if last := got[strings.LastIndex(got, `{"metrics"`):]; !strings.Contains(last, want) {
		t.Errorf("no %s in %s", want, last)
	}
}

func TestAnswersKeepTheOrder(t *testing.T) {
	var lines []string
	var want strings.Builder
	for i := range 5000 {
		lines = append(lines, fmt.Sprintf(`{"op":"evaluate","id":%d,"level":"baseline","version":"latest","pod":{}}`, i))
		fmt.Fprintf(&want, "{\"id\":%d,\"allowed\":true,\"reason\":\"\",\"detail\":\"\"}\n", i)
	}
	if answer(t, 8, lines...) != want.String() {
		t.Error("the answers are not in the order of the lines")
	}
}

func TestSplit(t *testing.T) {
	for line, want := range map[string]string{
		`{}`: `map[]`,
		` { "a" : 1 , "b\"c" : "x\\" , "d":[1,{"e":"]"}] } `: `map[a:1 b\"c:"x\\" d:[1,{"e":"]"}]]`,
		`{"a":1,"a":2}`:     `map[a:2]`,
		`{"pod":{"x":tru}}`: `map[pod:{"x":tru}]`,
	} {
		f := fields{}
		if err := f.split([]byte(line)); err != nil {
			t.Errorf("%s: %v", line, err)
		}
		shown := map[string]string{}
		for name, value := range f {
			shown[name] = string(value)
		}
		if got := fmt.Sprint(shown); got != want {
			t.Errorf("%s: got %s, want %s", line, got, want)
		}
	}
	for _, line := range []string{``, `[]`, `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1]`, `{"a":"x`, `{"a":1}x`, `{"a":{}`, `{1}`, `{a:1}`, `{"a":}`, `{"a":1]"b":2}`} {
		if err := (fields{}).split([]byte(line)); err == nil {
			t.Errorf("%s is taken for an object", line)
		}
	}
}
