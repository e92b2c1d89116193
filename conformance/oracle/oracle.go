package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"k8s.io/pod-security-admission/policy"
)

// oracle holds what all lines share.
type oracle struct {
	evaluator policy.Evaluator
	setups    map[string]*setup
}

func newOracle() (*oracle, error) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return nil, err
	}
	return &oracle{evaluator: evaluator, setups: map[string]*setup{}}, nil
}

// worker is what answering a line needs and the next line can use again.
type worker struct {
	*oracle
	in  fields
	out *json.Encoder
}

var errWithoutOp = errors.New(`"op" must be one of evaluate, labels, setup, admission, metrics, config`)

func (o *oracle) answerAll(b *batch) {
	out := json.NewEncoder(&b.answers)
	out.SetEscapeHTML(false)
	w := worker{oracle: o, in: fields{}, out: out}
	start := 0
	for _, end := range b.ends {
		w.answer(&b.answers, b.text[start:end])
		start = end
	}
	b.ready <- struct{}{}
}

// answer writes exactly one line for line, whatever the reference does with it.
func (w *worker) answer(written *bytes.Buffer, line []byte) {
	before := written.Len()
	defer func() {
		if panicked := recover(); panicked != nil {
			written.Truncate(before)
			w.write(aborted{w.id(), fmt.Sprint(panicked)})
		}
	}()
	if err := w.in.split(line); err != nil {
		w.write(failed{Error: err.Error()})
		return
	}
	answer, err := w.dispatch()
	if err != nil {
		answer = failed{w.id(), err.Error()}
	}
	w.write(answer)
}

func (w *worker) dispatch() (any, error) {
	op, err := w.in.text("op")
	if err != nil {
		return nil, err
	}
	switch op {
	case "evaluate":
		return w.evaluate()
	case "labels":
		return w.labels()
	case "setup":
		return w.setUp()
	case "admission":
		return w.admission()
	case "metrics":
		return w.metrics()
	case "config":
		return w.config()
	}
	return nil, errWithoutOp
}

func (w *worker) id() json.RawMessage {
	if id := w.in["id"]; json.Valid(id) {
		return id
	}
	return nil
}

func (w *worker) write(answer any) {
	if err := w.out.Encode(answer); err != nil {
		panic(err)
	}
}

type failed struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Error string          `json:"error"`
}

type aborted struct {
	ID      json.RawMessage `json:"id,omitempty"`
	Aborted string          `json:"aborted"`
}

// changesState tells lines that must not overtake others, or be overtaken.
func changesState(line []byte) bool {
	if !bytes.Contains(line, []byte(`"setup"`)) && !bytes.Contains(line, []byte(`"metrics"`)) {
		return false
	}
	f := fields{}
	if f.split(line) != nil {
		return false
	}
	op, err := f.text("op")
	return err == nil && (op == "setup" || op == "metrics")
}
