package fake_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// A fake mall, its faults and its network. A public fake keeps Log, Faults and Quotas unexported
// and offers them through types of its own with the same fields.
func ExampleHandler() {
	var (
		log    fake.Log
		faults fake.Faults
	)
	mall := &fake.Handler{
		Operation: func(r *fake.Request) string { return strings.Split(strings.Trim(r.URL.Path, "/"), "/")[3] },
		Log:       &log,
		Faults:    &faults,
		Shape: fake.Shape{ExpiredKey: func(*fake.Request, fake.Fault) fake.Reply {
			return fake.JSON(401, map[string]any{
				"Results": map[string]string{"errorCode": "ES01-01", "message": "Un-Authorised"}})
		}},
		Auth: func(r *fake.Request) (key string, refusal *fake.Reply) {
			key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "ESA ")
			if !ok {
				no := fake.JSON(401, map[string]any{
					"Results": map[string]string{"errorCode": "ES01-01", "message": "Un-Authorised"}})
				return "", &no
			}
			return key, nil
		},
		Quotas: fake.NewQuotas(map[string]fake.Rate{"searchOrder": {Every: time.Second}}),
		Serve: func(r *fake.Request) fake.Reply {
			var query struct{ StartDatetime string }
			if err := json.Unmarshal(r.Payload, &query); err != nil {
				return fake.JSON(400, map[string]any{"MessageModelList": []any{}})
			}
			return fake.JSON(200, map[string]any{"orderNumberList": []string{"100000-20261101-0000100001"}})
		},
	}
	network := fake.Transport(mall)
	defer network.Close()
	client := &http.Client{Transport: network}

	_ = faults.Add(fake.Fault{Kind: fake.ExpiredKey, Operation: "searchOrder"})
	for range 2 {
		req, _ := http.NewRequest(http.MethodPost, "https://api.rms.example/es/2.0/order/searchOrder/",
			strings.NewReader(`{"startDatetime":"2026-11-01T00:00:00+0900"}`))
		req.Header.Set("Authorization", "ESA aW52ZW50ZWQ6a2V5")
		resp, err := client.Do(req)
		if err != nil {
			fmt.Println(err)
			return
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println(resp.StatusCode, string(body))
	}
	fmt.Println(log.Count("searchOrder"), "calls")
	// Output:
	// 401 {"Results":{"errorCode":"ES01-01","message":"Un-Authorised"}}
	// 200 {"orderNumberList":["100000-20261101-0000100001"]}
	// 2 calls
}

// A public fake declares its own Fault with the same fields: conversion holds the two together at
// compile time.
func ExampleFault() {
	type Fault struct { // of package rakutentest
		Kind      string
		Operation string
		Times     int
		After     int
		Every     int

		RetryAfter time.Duration
		Status     int
		Delay      time.Duration
		Body       string
		Location   string
		Applied    bool
	}
	var faults fake.Faults
	inject := func(f Fault) error { return faults.Add(fake.Fault(f)) }
	fmt.Println(inject(Fault{Kind: fake.ReplyLost, Operation: "updateOrderShipping"}))
	fmt.Println(inject(Fault{Kind: "lost"}))
	// Output:
	// <nil>
	// fake: no such kind of fault: "lost"
}
