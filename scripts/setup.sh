#!/usr/bin/env bash
# Installs what a run needs and is not there yet: libczmq (by apt, where it may), Locust in .venv, the programs in bin/.
# When nothing is missing it takes a tenth of a second. Exit code 3: something is missing that it cannot install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
say() { echo "setup: $*"; }
die() { echo "setup: $*" >&2; exit 3; }

command -v go >/dev/null || die "Go is not installed: get it from https://go.dev/dl/"
command -v python3 >/dev/null || die "Python is not installed: install Python 3.10 or newer"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  die "$(python3 --version) is too old for Locust: install Python 3.10 or newer"

packages="libczmq-dev pkg-config gcc libc6-dev make"
if ! pkg-config --exists libczmq 2>/dev/null || ! command -v gcc >/dev/null || ! command -v make >/dev/null; then
  root=""
  [ "$(id -u)" = 0 ] || root="sudo -n"
  command -v apt-get >/dev/null || die "libczmq, pkg-config or gcc is missing: install them, on macOS with: brew install czmq pkg-config"
  $root true 2>/dev/null || die "libczmq is missing: run  sudo apt-get update && sudo apt-get install -y $packages"
  say "installing $packages"
  { $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq $packages >/dev/null; } ||
    die "apt-get could not install them: run  sudo apt-get update && sudo apt-get install -y $packages"
fi

if ! cmp -s requirements.txt .venv/installed.txt || ! .venv/bin/python -c '' 2>/dev/null; then
  say "installing $(grep ^locust requirements.txt) into .venv"
  python3 -m venv --clear .venv || die "python3 cannot make a .venv: on Debian run  sudo apt-get install -y python3-venv"
  .venv/bin/pip install -q --disable-pip-version-check -r requirements.txt || die "pip could not install Locust: see above"
  cp requirements.txt .venv/installed.txt # last: a set-up that was cut off begins again
fi

if [ ! -e bin/.built ] || [ ! -x bin/loadtest ] || [ -n "$(find go.* worker monitor loadtest internal -newer bin/.built -print -quit)" ]; then
  say "building bin/"
  mkdir -p bin && touch bin/.building
  make -s build || die "the build failed: see above"
  mv bin/.building bin/.built # as old as the start: what was changed meanwhile is built the next time
fi
