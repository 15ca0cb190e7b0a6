// A Go channel, as tests/bench/bench_queue.c measures queues: PAIRS CAPACITY SECONDS.
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"time"
)

func main() {
	pairs, _ := strconv.Atoi(os.Args[1])
	capacity, _ := strconv.Atoi(os.Args[2])
	seconds, _ := strconv.ParseFloat(os.Args[3], 64)
	channel := make(chan uintptr, capacity)
	in, out := make(chan int, pairs), make(chan int, pairs)
	var timeIsUp atomic.Bool
	from := time.Now()
	for i := 0; i < pairs; i++ {
		go func() {
			count := 0
			for !timeIsUp.Load() {
				count++
				channel <- uintptr(count)
			}
			channel <- 0
			in <- count
		}()
		go func() {
			count := 0
			for <-channel != 0 {
				count++
			}
			out <- count
		}()
	}
	time.Sleep(time.Duration(seconds * 1e9))
	timeIsUp.Store(true)
	sent, got := 0, 0
	for i := 0; i < pairs; i++ {
		sent += <-in
		got += <-out
	}
	if sent != got {
		fmt.Fprintln(os.Stderr, "bench_queue: what came out is not what went in")
		os.Exit(1)
	}
	fmt.Printf("%.0f\n", float64(got)/time.Since(from).Seconds())
}
