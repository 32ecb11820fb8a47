#!/bin/sh
# packages.sh: installs what the checks need beside Go, from Debian's packages:
#
#   chromium            make browser: a real browser looks at the reports
#   fonts-dejavu-core   letters for it, Russian ones too
#
# Does nothing where they are there already. Needs root.
set -eu

missing=
for package in chromium fonts-dejavu-core; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # a list of names
apt-get install -y -qq --no-install-recommends $missing >/dev/null
