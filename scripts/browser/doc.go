// Package browser opens reports in headless Chromium and asks it what a reader
// would see: `make browser` runs it, and fails where there is no Chromium. It
// stands behind a build tag because `make test` needs Go and nothing else.
package browser
