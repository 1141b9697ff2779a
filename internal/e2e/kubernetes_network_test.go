//go:build e2e

package e2e

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"
)

// A policySpec is that of a NetworkPolicy, as far as the manifests use it.
type policySpec struct {
	PodSelector selector `json:"podSelector"`
	Types       []string `json:"policyTypes"`
	Ingress     []rule   `json:"ingress"`
	Egress      []rule   `json:"egress"`
}

type selector struct {
	Labels map[string]string `json:"matchLabels"`
}

type rule struct {
	From, To []peer
	Ports    []struct {
		Port json.RawMessage `json:"port"` // a number, or the name of a container's port
	}
}

type peer struct {
	Pods       *selector `json:"podSelector"`
	Namespaces *selector `json:"namespaceSelector"`
}

// An end is a pod of the manifests, by the label app.kubernetes.io/name, or somebody of another namespace.
type end struct {
	namespace string // "" is the manifests' own
	labels    map[string]string
	ports     map[string]int // by name
}

// wantNetwork asks the NetworkPolicies who may talk to whom: nobody but those who have to.
func wantNetwork(t *testing.T, demo, nodes cluster) {
	t.Helper()
	other := func(namespace string) end { return end{namespace: namespace} }
	dns := end{namespace: "kube-system", labels: map[string]string{"k8s-app": "kube-dns"}}
	const master, worker, api = "locust-master", "gregaria-worker", "api"
	for _, c := range []struct {
		why      string
		in       cluster
		from, to end
		port     int
		want     bool
	}{
		{"workers join", demo, demo.pods[worker], demo.pods[master], 5557, true},
		{"workers make load", demo, demo.pods[worker], demo.pods[api], 8000, true},
		{"everybody asks for names", demo, demo.pods[worker], dns, 53, true},
		{"the web UI by the ingress", demo, other("ingress-nginx"), demo.pods[master], 8089, true},
		{"Prometheus reads workers", demo, other("monitoring"), demo.pods[worker], 9646, true},
		{"Prometheus reads the sidecar", demo, other("monitoring"), demo.pods[api], 9647, true},
		{"Prometheus reads the nodes' monitors", nodes, other("monitoring"), nodes.pods["gregaria-monitor"], 9647, true},
		{"workers do not order about", demo, demo.pods[worker], demo.pods[master], 8089, false},
		{"the API does not join", demo, demo.pods[api], demo.pods[master], 5557, false},
		{"the ingress does not join", demo, other("ingress-nginx"), demo.pods[master], 5557, false},
		{"others have no web UI", demo, other("default"), demo.pods[master], 8089, false},
		{"Prometheus makes no load", demo, other("monitoring"), demo.pods[api], 8000, false},
		{"workers attack nothing else", demo, demo.pods[worker], other("default"), 8000, false},
		{"workers read no metrics", demo, demo.pods[worker], demo.pods[api], 9647, false},
		{"a pod without a role is closed", demo, other("default"), end{}, 80, false},
		{"the master goes nowhere", demo, demo.pods[master], other("default"), 443, false},
	} {
		if got := c.in.allows(c.from, c.to, c.port); got != c.want {
			t.Errorf("%s: allowed = %v, want %v", c.why, got, c.want)
		}
	}
}

// A cluster is a namespace with its policies.
type cluster struct {
	pods     map[string]end
	policies []policySpec
}

func network(t *testing.T, objects []manifest) cluster {
	t.Helper()
	c := cluster{pods: map[string]end{}}
	for _, m := range objects {
		if m.Kind == "NetworkPolicy" {
			c.policies = append(c.policies, m.Spec.policySpec)
		}
		labels := m.Spec.Template.Metadata.Labels
		e := end{labels: labels, ports: map[string]int{}}
		for _, container := range m.Spec.Template.Spec.Containers {
			for _, p := range container.Ports {
				e.ports[p.Name] = p.Port
			}
			c.pods[labels["app.kubernetes.io/name"]] = e
		}
	}
	if len(c.policies) == 0 || len(c.pods) == 0 {
		t.Fatal("there are no policies or no pods")
	}
	return c
}

// allows says whether a connection may leave from and may come to to.
func (c cluster) allows(from, to end, port int) bool {
	return c.passes("Egress", from, to, to, port) && c.passes("Ingress", to, from, to, port)
}

// passes asks the policies that select a pod in one direction: if there are any, one has to name the other end and the port.
func (c cluster) passes(direction string, pod, other, target end, port int) bool {
	selected := false
	for _, p := range c.policies {
		if pod.namespace != "" || !p.PodSelector.matches(pod.labels) || !slices.Contains(p.Types, direction) {
			continue
		}
		selected = true
		rules := p.Ingress
		if direction == "Egress" {
			rules = p.Egress
		}
		for _, r := range rules {
			if r.admits(other, target, port) {
				return true
			}
		}
	}
	return !selected
}

func (r rule) admits(other, target end, port int) bool {
	peers := slices.Concat(r.From, r.To)
	if len(peers) > 0 && !slices.ContainsFunc(peers, func(p peer) bool { return p.is(other) }) {
		return false
	}
	for _, p := range r.Ports {
		var name string
		if json.Unmarshal(p.Port, &name) == nil && target.ports[name] == port || string(p.Port) == strconv.Itoa(port) {
			return true
		}
	}
	return len(r.Ports) == 0
}

func (p peer) is(e end) bool {
	if p.Namespaces == nil {
		return e.namespace == "" && p.Pods != nil && p.Pods.matches(e.labels)
	}
	name, ok := p.Namespaces.Labels["kubernetes.io/metadata.name"]
	return ok && name == e.namespace && (p.Pods == nil || p.Pods.matches(e.labels))
}

func (s selector) matches(labels map[string]string) bool {
	for k, v := range s.Labels {
		if labels[k] != v {
			return false
		}
	}
	return true
}
