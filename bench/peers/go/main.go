// net/http and encoding/json: what one would write in Go for the same service.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
)

const maxBodyBytes = 64 << 20

func collect(value any, numbers []float64) ([]float64, error) {
	var err error
	switch value := value.(type) {
	case float64:
		return append(numbers, value), nil
	case string:
		text := strings.TrimSpace(value)
		if strings.HasPrefix(text, "[") {
			var list any
			if err := json.Unmarshal([]byte(text), &list); err != nil {
				return nil, err
			}
			return collect(list, numbers)
		}
		number, err := strconv.ParseFloat(text, 64)
		return append(numbers, number), err
	case []any:
		for _, element := range value {
			if numbers, err = collect(element, numbers); err != nil {
				return nil, err
			}
		}
		return numbers, nil
	case map[string]any:
		for _, member := range value {
			if numbers, err = collect(member, numbers); err != nil {
				return nil, err
			}
		}
		return numbers, nil
	}
	return nil, fmt.Errorf("%v is no number", value)
}

func sort(response http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, maxBodyBytes))
	var document any
	if err == nil {
		err = json.Unmarshal(body, &document)
	}
	numbers := []float64{}
	if err == nil {
		numbers, err = collect(document, numbers)
	}
	if err != nil {
		http.Error(response, err.Error(), http.StatusBadRequest)
		return
	}
	slices.Sort(numbers)
	answer, err := json.Marshal(map[string][]float64{"sorted": numbers})
	if err != nil {
		http.Error(response, err.Error(), http.StatusBadRequest)
		return
	}
	response.Header().Set("Content-Type", "application/json")
	response.Write(answer)
}

func main() {
	http.HandleFunc("POST /", sort)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
