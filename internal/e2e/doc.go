// Package e2e tests the commands from end to end against stock Locust, FastAPI and a real browser. The measure is always
// the same: what the target served is what Locust's statistics say, row by row and exactly.
//
// The tests carry the build tag e2e, because they need what scripts/setup.sh installs, and Linux, because they look for
// processes that outlive a run in /proc:
//
//	make e2e
//	go test -tags e2e -count=1 ./internal/e2e -run TestLoadtest -v
//
// They build the commands themselves, so what they test is never stale. Without Chromium, without a Docker
// engine, or without a Python that has MoviePy, the tests of those are skipped; anything else that is missing is a failure.
//
//	GREGARIA_LOCUST         the Locust to test with; without it .venv/bin/locust
//	GREGARIA_E2E_SHOTS      a directory for screenshots of the web UI
//	GREGARIA_E2E_MOVIEPY    a Python with requirements-moviepy.txt of examples/story_api
//	GREGARIA_E2E_LONG=1     100 cycles of start and stop instead of 10
//	GREGARIA_E2E_FINDINGS=5  runs what takes a machine that does nothing else: TestSlowStory, and TestWhatSaturatedFirst 5 times
package e2e
