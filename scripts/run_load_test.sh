#!/usr/bin/env bash
# Loads an API through Locust and records its resources; sets up first what is missing. All arguments are loadtest's:
#   scripts/run_load_test.sh --demo
#   scripts/run_load_test.sh --host=http://localhost:8000 --users=200 --duration=300
#   scripts/run_load_test.sh --help
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$root/scripts/setup.sh" >&2
exec "$root/bin/loadtest" "$@"
