//go:build race

package cli_test

// raceSlows is how many times more time and memory the race detector takes.
const raceSlows = 10
