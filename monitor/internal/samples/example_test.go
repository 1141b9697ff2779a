package samples_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/samples"
)

// A client asks for the rows after the last one that it has.
func ExampleHandler() {
	ring, err := samples.NewRing([]string{resource.CPUPercent, resource.MemoryPercent})
	if err != nil {
		fmt.Println(err)
		return
	}
	for second := range int64(3) {
		_ = ring.Write(time.Unix(1700000000+second, 0), []resource.Cell{resource.Of(10.5 * float64(second)), {}})
	}
	server := httptest.NewServer(samples.Guard("a token that is long", samples.NewHandler(ring, time.Second, time.Now)))
	defer server.Close()

	question, _ := http.NewRequest(http.MethodGet, server.URL+samples.Path+"?since=1700000000", nil)
	question.Header.Set("Authorization", "Bearer a token that is long")
	answer, err := http.DefaultClient.Do(question)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	fmt.Println("kept:", answer.Header.Get(samples.OldestHeader), "to", answer.Header.Get(samples.NewestHeader))
	rows := json.NewDecoder(answer.Body)
	rows.UseNumber() // as they stand in the file
	for rows.More() {
		var row map[string]any
		if err := rows.Decode(&row); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return
		}
		_, measured := row[resource.MemoryPercent]
		fmt.Println(row[resource.Timestamp], row[resource.CPUPercent], measured)
	}
	// Output:
	// kept: 1700000000 to 1700000002
	// 1700000001 10.5 false
	// 1700000002 21 false
}
