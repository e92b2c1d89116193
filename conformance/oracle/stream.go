package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"
)

const (
	batchBytes  = 256 << 10
	batchLines  = 256
	longestLine = 256 << 20
)

// batch is a run of lines that one worker answers.
type batch struct {
	text    []byte
	ends    []int
	answers bytes.Buffer
	ready   chan struct{}
}

func (b *batch) full() bool {
	return len(b.text) >= batchBytes || len(b.ends) >= batchLines
}

// pipeline carries batches from the reader over the workers to the writer.
type pipeline struct {
	oracle  *oracle
	todo    chan *batch
	ordered chan *batch
	spare   chan *batch
	working sync.WaitGroup
}

// stream answers every line of in on out, in order. A batch is cut short when
// no further input is waiting, so that a caller who asks one question at a
// time is answered at once.
func (o *oracle) stream(in io.Reader, out io.Writer, workers int) error {
	p := &pipeline{
		oracle:  o,
		todo:    make(chan *batch),
		ordered: make(chan *batch, 2*workers),
		spare:   make(chan *batch, 4*workers),
	}
	for range workers {
		go p.work()
	}
	written := make(chan error, 1)
	go func() { written <- p.write(out) }()

	err := p.read(in)
	close(p.todo)
	close(p.ordered)
	return errors.Join(err, <-written)
}

func (p *pipeline) read(in io.Reader) error {
	r := bufio.NewReaderSize(in, 1<<20)
	b := p.next()
	for {
		before := len(b.text)
		err := appendLine(r, b)
		line := b.text[before:]
		if changesState(line) {
			// A set-up is seen by all later lines and by no earlier one.
			own := p.next()
			own.text = append(own.text, line...)
			own.ends = append(own.ends, len(own.text))
			b.text = b.text[:before]
			p.hand(b)
			p.working.Wait()
			p.ordered <- own
			p.oracle.answerAll(own)
			b = p.next()
		} else if len(bytes.TrimSpace(line)) > 0 {
			b.ends = append(b.ends, len(b.text))
		} else {
			b.text = b.text[:before]
		}
		if err != nil || b.full() || r.Buffered() == 0 {
			p.hand(b)
			b = p.next()
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// appendLine adds the next line to b; its error is io.EOF after the last one.
func appendLine(r *bufio.Reader, b *batch) error {
	start := len(b.text)
	for {
		part, err := r.ReadSlice('\n')
		b.text = append(b.text, part...)
		if len(b.text)-start > longestLine {
			return fmt.Errorf("a line is longer than %d bytes", longestLine)
		}
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}

func (p *pipeline) hand(b *batch) {
	p.ordered <- b
	p.working.Add(1)
	p.todo <- b
}

func (p *pipeline) work() {
	for b := range p.todo {
		p.oracle.answerAll(b)
		p.working.Done()
	}
}

func (p *pipeline) write(out io.Writer) error {
	w := bufio.NewWriterSize(out, 1<<20)
	var failure error
	for b := range p.ordered {
		<-b.ready
		if failure == nil {
			_, failure = w.Write(b.answers.Bytes())
		}
		if failure == nil && len(p.ordered) == 0 {
			failure = w.Flush()
		}
		p.release(b)
	}
	return errors.Join(failure, w.Flush())
}

func (p *pipeline) next() *batch {
	select {
	case b := <-p.spare:
		return b
	default:
		return &batch{ready: make(chan struct{}, 1)}
	}
}

func (p *pipeline) release(b *batch) {
	b.text, b.ends = b.text[:0], b.ends[:0]
	b.answers.Reset()
	select {
	case p.spare <- b:
	default:
	}
}
