package ingest

import "encoding/json"

// Order is what the rest of the program needs of a document.
type Order struct {
	ID       int32
	Customer string
	City     string
	Items    int32
	Net      float32
}

// TypedArchive keeps an Order for each document, and each distinct string once.
type TypedArchive struct {
	orders  []Order
	strings map[string]string
}

// NewTypedArchive is an archive without documents.
func NewTypedArchive() *TypedArchive {
	return &TypedArchive{strings: make(map[string]string)}
}

// message is the part of a document that is decoded at all.
type message struct {
	Order struct {
		ID       int32 `json:"id"`
		Customer struct {
			Name    string `json:"name"`
			Address struct {
				City string `json:"city"`
			} `json:"address"`
		} `json:"customer"`
		Items  []struct{} `json:"items"`
		Totals struct {
			Net float32 `json:"net"`
		} `json:"totals"`
	} `json:"order"`
}

// Add takes a document in.
func (a *TypedArchive) Add(source []byte) error {
	var read message
	if err := json.Unmarshal(source, &read); err != nil {
		return err
	}
	a.orders = append(a.orders, Order{
		ID:       read.Order.ID,
		Customer: a.once(read.Order.Customer.Name),
		City:     a.once(read.Order.Customer.Address.City),
		Items:    int32(len(read.Order.Items)),
		Net:      read.Order.Totals.Net,
	})
	return nil
}

func (a *TypedArchive) once(s string) string {
	if known, ok := a.strings[s]; ok {
		return known
	}
	a.strings[s] = s
	return s
}
