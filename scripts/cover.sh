#!/bin/sh
# Prints how many statements of each package the whole suite runs, by the profile
# given, and fails where a package that the promises rest on is below 95 %.
set -eu
awk '
/^mode:/ { next }
{
	stmts[$1] = $2
	if ($3 > 0) hit[$1] = 1
}
END {
	for (block in stmts) {
		name = block
		sub(/\/[^\/]*$/, "", name)
		sub(/^.*\/internal\//, "", name)
		all[name] += stmts[block]
		if (block in hit) run[name] += stmts[block]
	}
	split("audit base phone policy publish refusal", must, " ")
	for (i in must) promised[must[i]] = 1
	for (name in all) {
		share = 100 * run[name] / all[name]
		low = (name in promised) && share < 95
		bad += low
		note = (name in promised) ? "  (must be 95 %)" : ""
		if (low) note = "  BELOW 95 %"
		printf("%-10s %6.1f %% of %5d statements%s\n", name, share, all[name], note) | "sort"
	}
	close("sort")
	for (name in promised) if (!(name in all)) { print name ": no statement of it is in the profile"; bad++ }
	exit bad > 0
}' "$1"
