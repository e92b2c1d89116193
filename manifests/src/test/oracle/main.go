// Reads golden lines and writes them anew with the answers of sigs.k8s.io/yaml, the library that kubectl reads
// manifests with. Only "yaml" is taken from a line, so a new case is a line with nothing else:
//
//	go run . < ../resources/dev/portcullis/manifests/yaml/golden.jsonl > new.jsonl
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"

	"sigs.k8s.io/yaml"
)

// A case with its answers: JSON or an error, and the error of strict reading where that is another one.
type line struct {
	YAML   string `json:"yaml"`
	JSON   string `json:"json,omitempty"`
	Error  string `json:"error,omitempty"`
	Strict string `json:"strict,omitempty"`
}

func answer(text string) line {
	result := line{YAML: text}
	loose, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		result.Error = err.Error()
	} else {
		result.JSON = string(loose)
	}
	if _, err := yaml.YAMLToJSONStrict([]byte(text)); err != nil && err.Error() != result.Error {
		result.Strict = err.Error()
	}
	return result
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for lines.Scan() {
		var given line
		if err := json.Unmarshal(lines.Bytes(), &given); err != nil {
			log.Fatal(err)
		}
		if err := encoder.Encode(answer(given.YAML)); err != nil {
			log.Fatal(err)
		}
	}
}
