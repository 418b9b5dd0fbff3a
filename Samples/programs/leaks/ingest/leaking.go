package ingest

import (
	"encoding/json"
	"strconv"
)

// Archive keeps each document as the decoder made it: a map for each object, an interface for each
// number, string and list, and every name and value as a string of its own.
type Archive struct {
	documents []map[string]interface{}
	byCity    map[string][]int
}

// NewArchive is an archive without documents.
func NewArchive() *Archive { return &Archive{byCity: make(map[string][]int)} }

// Add takes a document in.
func (a *Archive) Add(source []byte) error {
	document, err := decodeDocument(source)
	if err != nil {
		return err
	}
	a.byCity[cityOf(document)] = append(a.byCity[cityOf(document)], len(a.documents))
	a.documents = append(a.documents, document)
	return nil
}

func decodeDocument(source []byte) (map[string]interface{}, error) {
	var document map[string]interface{}
	err := json.Unmarshal(source, &document)
	return document, err
}

func cityOf(document map[string]interface{}) string {
	city, _ := find(document, "order", "customer", "address", "city").(string)
	return city
}

// find walks down nested objects and lists.
func find(value interface{}, path ...string) interface{} {
	if len(path) == 0 {
		return value
	}
	switch value := value.(type) {
	case map[string]interface{}:
		return find(value[path[0]], path[1:]...)
	case []interface{}:
		if i, err := strconv.Atoi(path[0]); err == nil && i < len(value) {
			return find(value[i], path[1:]...)
		}
	}
	return nil
}
