// Package arch holds the rule of who may import whom. Its test reads the imports of every package of the module, so
// that a new arrow in docs/architecture.md is a decision and not an accident.
package arch
