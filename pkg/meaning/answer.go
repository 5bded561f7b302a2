// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package meaning

import (
	"encoding/json"
	"errors"
	"math"
)

var errAnswer = errors.New("the answer is not one of this kind of endpoint")

// parse takes the vectors out of an answer, in the order of the texts.
func (c *Client) parse(data []byte, count int) ([][]float32, error) {
	var vectors [][]float32
	if c.Kind == Ollama {
		var answer struct {
			Embeddings [][]float32 `json:"embeddings"`
		}
		if json.Unmarshal(data, &answer) != nil {
			return nil, errAnswer // the error of the parser may quote what it read
		}
		vectors = answer.Embeddings
	} else {
		var answer struct {
			Data []struct {
				Index     int       `json:"index"`
				Embedding []float32 `json:"embedding"`
			} `json:"data"`
		}
		if json.Unmarshal(data, &answer) != nil || len(answer.Data) != count {
			return nil, errAnswer
		}
		vectors = make([][]float32, count)
		for _, d := range answer.Data {
			if d.Index < 0 || d.Index >= count || vectors[d.Index] != nil {
				return nil, errAnswer
			}
			vectors[d.Index] = d.Embedding
		}
	}
	if len(vectors) != count {
		return nil, errAnswer
	}
	return vectors, nil
}

// checkVectors holds vectors to each other: all of one length, and pointing
// somewhere.
func checkVectors(vectors [][]float32) error {
	for _, v := range vectors {
		if len(v) == 0 || len(v) > maxDimensions || len(v) != len(vectors[0]) {
			return errors.New("endpoint for meaning: the vectors have no usable length")
		}
		if l := length(v); l == 0 || math.IsNaN(l) || math.IsInf(l, 0) {
			return errors.New("endpoint for meaning: a vector points nowhere")
		}
	}
	return nil
}

func length(v []float32) float64 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum)
}
