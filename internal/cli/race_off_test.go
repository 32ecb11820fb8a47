//go:build !race

package cli_test

const raceSlows = 1
