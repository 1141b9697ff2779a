// Package build says which version of the commands this is and which Locust they are tested with.
package build

// Locust is the stock Locust release that scripts/setup.sh installs and that the protocol is written against.
const Locust = "2.47.0"

// Version is the release of this project, as in CHANGELOG.md.
const Version = "0.1.0"
