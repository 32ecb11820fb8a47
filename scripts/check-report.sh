#!/usr/bin/env bash
# check-report.sh PAGE.html [SHOTS]
#
# Opens a report in headless Chromium and fails when the page says anything on
# the console, asks for anything but itself, or is wider than the screen. With
# a folder SHOTS it leaves there what it saw: screenshots and the printed page.
#
# Needs chromium and nothing else: it speaks the DevTools protocol over a pipe.
# Exit: 0 fine, 1 not fine, 64 wrong usage, 77 no browser here to ask.
set -euo pipefail

[ $# -ge 1 ] && [ -f "$1" ] || { echo "usage: check-report.sh PAGE.html [SHOTS]" >&2; exit 64; }
page=$(realpath "$1")
shots=${2:-}
browser=
for name in chromium chromium-browser google-chrome; do
  browser=$(command -v "$name") && break
done
[ -n "$browser" ] || { echo "check-report: no chromium found, the page was NOT checked in a browser" >&2; exit 77; }

browse=("$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
  --disable-sync --disable-dev-shm-usage --hide-scrollbars "--host-resolver-rules=MAP * ~NOTFOUND")
profile=$(mktemp -d)
cleanup() {
  [ -z "${BROWSER_PID:-}" ] || kill "$BROWSER_PID" 2>/dev/null || true
  for _ in 1 2 3 4 5; do rm -rf "$profile" 2>/dev/null && break; sleep 0.3; done
}
trap cleanup EXIT

# Commands go to the browser's descriptor 3 and answers come from its 4, each
# message ended by a zero byte.
coproc BROWSER { exec "${browse[@]}" --user-data-dir="$profile/checked" --remote-debugging-pipe about:blank 3<&0 4>&1 >/dev/null 2>&1; }
exec {to}>&"${BROWSER[1]}" {from}<&"${BROWSER[0]}"

count=0 session= answer= faults=0 loaded=0

fault() { echo "check-report: $1" >&2; faults=$((faults + 1)); }

# see takes one message that is no answer.
see() {
  case $1 in
    '{"method":"Log.entryAdded"'* | '{"method":"Runtime.consoleAPICalled"'* | '{"method":"Runtime.exceptionThrown"'*)
      fault "the console says: ${1:0:400}" ;;
    '{"method":"Network.requestWillBeSent",'*)
      url=${1#*\"request\":\{\"url\":\"} url=${url%%\"*}
      [ "$url" = "$address" ] || fault "the page asks for ${url:0:200}" ;;
    '{"method":"Page.loadEventFired"'*) loaded=1 ;;
  esac
}

gone() { [ "$count" -gt 1 ] || { echo "check-report: the browser does not start here, the page was NOT checked" >&2; exit 77; }
  echo "check-report: the browser went away or does not answer" >&2; exit 1; }

next() { IFS= read -r -d '' -t 60 -u "$from" message || gone; }

# ask sends a command and keeps its answer.
ask() {
  local params=${2:-'{}'}
  count=$((count + 1))
  printf '{"id":%d,"method":"%s","params":%s%s}\0' "$count" "$1" "$params" "$session" >&"$to" 2>/dev/null || gone
  while next; do
    case $message in
      "{\"id\":$count,"*) answer=$message; break ;;
      *) see "$message" ;;
    esac
  done
  case $answer in *'"error":{'*) fault "$1: ${answer:0:300}" ;; esac
}

# part is the text or number of a key in the last answer.
part() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" <<<"$answer"; }

value() { ask Runtime.evaluate "{\"expression\":\"$1\",\"returnByValue\":true}"; part value; }

# keep leaves a picture of the whole page, in a browser of its own: pictures
# are too much for the pipe.
keep() {
  [ -n "$shots" ] || return 0
  "${browse[@]}" --user-data-dir="$profile/shot" --blink-settings=preferredColorScheme=$([ "$2" = dark ] && echo 0 || echo 1) \
    --window-size="$1,$3" --screenshot="$shots/$1-$2.png" "$address" >/dev/null 2>&1 || fault "no picture of $1 px, $2"
}

# screen looks at the page on a screen of one width and scheme.
screen() {
  width=$1 scheme=$2
  ask Emulation.setEmulatedMedia "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"$scheme\"}]}"
  ask Emulation.setDeviceMetricsOverride "{\"width\":$width,\"height\":800,\"deviceScaleFactor\":1,\"mobile\":false}"
  over=$(value 'document.documentElement.scrollWidth - document.documentElement.clientWidth')
  [ "$over" = 0 ] || fault "at $width px the page is ${over:-?} px too wide"
  keep "$width" "$scheme" "$(value 'document.documentElement.scrollHeight')"
}

address="file://$(sed 's/%/%25/g; s/ /%20/g; s/#/%23/g; s/?/%3F/g' <<<"$page")"
[ -z "$shots" ] || mkdir -p "$shots"
ask Target.createTarget '{"url":"about:blank"}'
ask Target.attachToTarget "{\"targetId\":\"$(part targetId)\",\"flatten\":true}"
session=",\"sessionId\":\"$(part sessionId)\""
for domain in Page Network Log Runtime; do ask "$domain.enable"; done
ask Page.navigate "{\"url\":\"$address\"}"
while [ "$loaded" = 0 ]; do next; see "$message"; done
for width in 320 360 800 900 1280; do
  screen "$width" light
  [ -z "$shots" ] || screen "$width" dark
done
[ -z "$shots" ] || "${browse[@]}" --user-data-dir="$profile/shot" --no-pdf-header-footer --print-to-pdf="$shots/print.pdf" "$address" >/dev/null 2>&1 || fault "it can't be printed"
[ "$(value 'document.styleSheets.length')" = 1 ] || fault "the page's style is not applied"

[ "$faults" = 0 ] || { echo "check-report: $page: $faults faults" >&2; exit 1; }
echo "check-report: $page: no console message, no request, fits from 320 px up"
