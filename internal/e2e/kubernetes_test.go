//go:build e2e

package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gregaria/internal/build"
)

// What the manifests are checked with.
const (
	kubernetesVersion  = "1.37"
	kubernetesValidate = "kubernetes-validate==1.37.0"
	kustomize          = "sigs.k8s.io/kustomize/kustomize/v5@v5.5.0"
)

// A manifest is an object of Kubernetes, as far as the tests look at it.
type manifest struct {
	Kind     string `json:"kind"`
	Metadata struct {
		Name      string `json:"name"`
		Namespace string `json:"namespace"`
	} `json:"metadata"`
	Data map[string]string `json:"data"`
	Spec struct {
		Template struct {
			Metadata struct {
				Labels map[string]string `json:"labels"`
			} `json:"metadata"`
			Spec podSpec `json:"spec"`
		} `json:"template"`
		policySpec
	} `json:"spec"`
}

type podSpec struct {
	Grace           int      `json:"terminationGracePeriodSeconds"`
	Links           *bool    `json:"enableServiceLinks"`
	Token           *bool    `json:"automountServiceAccountToken"`
	SecurityContext security `json:"securityContext"`
	Containers      []struct {
		Name            string   `json:"name"`
		Image           string   `json:"image"`
		Args            []string `json:"args"`
		SecurityContext security `json:"securityContext"`
		LivenessProbe   any      `json:"livenessProbe"`
		ReadinessProbe  any      `json:"readinessProbe"`
		Resources       struct {
			Requests map[string]string `json:"requests"`
			Limits   map[string]string `json:"limits"`
		} `json:"resources"`
		Ports []struct {
			Name string `json:"name"`
			Port int    `json:"containerPort"`
		} `json:"ports"`
	} `json:"containers"`
}

type security struct {
	NonRoot    bool  `json:"runAsNonRoot"`
	User       int   `json:"runAsUser"`
	Escalation *bool `json:"allowPrivilegeEscalation"`
	ReadOnly   bool  `json:"readOnlyRootFilesystem"`
	Seccomp    struct {
		Type string `json:"type"`
	} `json:"seccompProfile"`
	Capabilities struct {
		Drop []string `json:"drop"`
	} `json:"capabilities"`
}

// TestKubernetes renders deploy/k8s and holds it against Kubernetes' own schemas and against what it promises: no container has
// rights that it does not need, each has probes and limits, every flag is one that its program has, nobody talks to anybody
// who need not, and nothing is killed before it has finished.
func TestKubernetes(t *testing.T) {
	t.Parallel()
	python := kubernetesPython(t)
	base, demo, nodes := render(t, python, "base"), render(t, python, "overlays/demo"), render(t, python, "overlays/nodes")
	wantContainers(t, base, "locust-master/master", "worker/worker")
	wantContainers(t, demo, "api/api", "api/monitor", "locust-master/master", "worker/worker")
	wantContainers(t, nodes, "locust-master/master", "monitor/monitor", "worker/worker")
	wantNetwork(t, network(t, demo), network(t, nodes))
	wantGrace(t, base)
}

func wantContainers(t *testing.T, objects []manifest, want ...string) {
	t.Helper()
	var found []string
	for _, m := range objects {
		if m.Metadata.Namespace != "gregaria" && m.Kind != "Namespace" {
			t.Errorf("%s %s is in namespace %q", m.Kind, m.Metadata.Name, m.Metadata.Namespace)
		}
		found = append(found, wantSafePod(t, m)...)
	}
	if slices.Sort(found); !slices.Equal(found, want) {
		t.Errorf("containers %q, want %q", found, want)
	}
}

// wantSafePod looks at the pods that m makes. It returns their containers.
func wantSafePod(t *testing.T, m manifest) (names []string) {
	t.Helper()
	pod := m.Spec.Template.Spec
	for _, c := range pod.Containers {
		name := m.Metadata.Name + "/" + c.Name
		names = append(names, name)
		own, all := c.SecurityContext, pod.SecurityContext
		for what, ok := range map[string]bool{
			"not as root":        (own.NonRoot || all.NonRoot) && (own.User > 0 || all.User > 0),
			"read-only":          own.ReadOnly,
			"no escalation":      own.Escalation != nil && !*own.Escalation,
			"no capabilities":    slices.Equal(own.Capabilities.Drop, []string{"ALL"}),
			"seccomp":            own.Seccomp.Type == "RuntimeDefault" || all.Seccomp.Type == "RuntimeDefault",
			"no account token":   pod.Token != nil && !*pod.Token,
			"no LOCUST_ links":   pod.Links != nil && !*pod.Links,
			"probes":             c.LivenessProbe != nil && c.ReadinessProbe != nil,
			"requests":           len(c.Resources.Requests) == 2,
			"limits":             len(c.Resources.Limits) == 2,
			"an image of ours":   c.Image == "locustio/locust:"+build.Locust || strings.HasPrefix(c.Image, "gregaria/") && strings.HasSuffix(c.Image, ":"+build.Version),
			"named ports at all": len(c.Ports) > 0 && c.Ports[0].Name != "",
		} {
			if !ok {
				t.Errorf("%s is without: %s", name, what)
			}
		}
		wantFlags(t, c.Image, c.Args)
	}
	return names
}

// wantFlags wants the program in an image to know the flags.
func wantFlags(t *testing.T, image string, args []string) {
	t.Helper()
	path := locust(t)
	if name, ours := strings.CutPrefix(image, "gregaria/"); ours {
		path = program(strings.TrimSuffix(name, ":"+build.Version))
	}
	help, err := exec.Command(path, "--help").Output()
	if err != nil {
		t.Fatalf("%s --help: %v", path, err)
	}
	for _, arg := range args {
		flag, _, _ := strings.Cut(arg, "=")
		if !slices.Contains(strings.FieldsFunc(string(help), func(r rune) bool { return strings.ContainsRune(" \n,=[", r) }), flag) {
			t.Errorf("%s has no flag %s", path, flag)
		}
	}
}

// wantGrace wants the users to have finished before a pod is killed.
func wantGrace(t *testing.T, objects []manifest) {
	t.Helper()
	const goodbye = 10 // seconds for last reports
	stopTimeout := 0
	for _, m := range objects {
		if text := m.Data["LOCUST_STOP_TIMEOUT"]; text != "" {
			stopTimeout, _ = strconv.Atoi(text)
		}
	}
	for _, m := range objects {
		if grace := m.Spec.Template.Spec.Grace; m.Kind == "Deployment" && (stopTimeout == 0 || grace < stopTimeout+goodbye) {
			t.Errorf("%s is killed after %d s, want %d s more than LOCUST_STOP_TIMEOUT, %d s", m.Metadata.Name, grace, goodbye, stopTimeout)
		}
	}
}

// render returns the objects of a folder of deploy/k8s, after Kubernetes' schemas have accepted them.
func render(t *testing.T, python, dir string) (objects []manifest) {
	t.Helper()
	rendered, err := kustomizeBuild(repository(t, "deploy", "k8s", filepath.FromSlash(dir))).Output()
	if err != nil {
		t.Fatalf("render %s: %v", dir, err)
	}
	path := filepath.Join(t.TempDir(), "rendered.yaml")
	if err := os.WriteFile(path, rendered, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(python, "-m", "kubernetes_validate", "-k", kubernetesVersion, "--strict", path).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", dir, err, out)
	}
	const toJSON = "import json, sys, yaml; json.dump(list(yaml.safe_load_all(open(sys.argv[1]))), sys.stdout)"
	data, err := exec.Command(python, "-c", toJSON, path).Output()
	if err == nil {
		err = json.Unmarshal(data, &objects)
	}
	if err != nil || len(objects) == 0 {
		t.Fatalf("%s: %d objects, %v", dir, len(objects), err)
	}
	return objects
}

// kustomizeBuild renders with what the machine has; the Go tool is there in any case, and builds it once.
func kustomizeBuild(dir string) *exec.Cmd {
	if path, err := exec.LookPath("kubectl"); err == nil {
		return exec.Command(path, "kustomize", dir)
	}
	if path, err := exec.LookPath("kustomize"); err == nil {
		return exec.Command(path, "build", dir)
	}
	return exec.Command("go", "run", kustomize, "build", dir)
}

// kubernetesPython is a Python that has kubernetes-validate: that of GREGARIA_KUBERNETES_PYTHON, or one in .cache, which is
// made from PyPI. Without PyPI the test is skipped.
func kubernetesPython(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("GREGARIA_KUBERNETES_PYTHON"); path != "" {
		return path
	}
	venv := repository(t, ".cache", kubernetesValidate)
	python := filepath.Join(venv, "bin", "python")
	if exec.Command(python, "-c", "import kubernetes_validate").Run() == nil {
		return python
	}
	if out, err := exec.Command("python3", "-m", "venv", "--clear", venv).CombinedOutput(); err != nil {
		t.Skipf("python3 cannot make a venv for %s: %v\n%s", kubernetesValidate, err, out)
	}
	if out, err := exec.Command(python, "-m", "pip", "install", "--quiet", kubernetesValidate).CombinedOutput(); err != nil {
		t.Skipf("%s cannot be had from PyPI: %v\n%s", kubernetesValidate, err, out)
	}
	return python
}
