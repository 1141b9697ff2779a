package process

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// idsOf returns the ids of the containers that an engine on this machine calls by a name, as its own files have them: they
// say the same as its API and need no daemon that answers. They are root's to read.
func idsOf(proc, name string) (ids []string) {
	root := filepath.Join(proc, "1", "root") // of the host, where proc is the host's
	if proc == "/proc" {
		root = "/"
	}
	for _, engine := range []func(root, name string) []string{dockerIDs, podmanIDs, nerdctlIDs, kubernetesIDs} {
		ids = append(ids, engine(root, name)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// dockerIDs reads docker's config.v2.json of each container. The service of a compose file is a name, too.
func dockerIDs(root, name string) (ids []string) {
	for _, path := range glob(root, "var/lib/docker/containers/*/config.v2.json") {
		var container struct {
			ID, Name string
			Config   struct{ Labels map[string]string }
		}
		if readJSON(path, &container) != nil {
			continue
		}
		if strings.TrimPrefix(container.Name, "/") == name || container.Config.Labels["com.docker.compose.service"] == name {
			ids = append(ids, container.ID)
		}
	}
	return ids
}

// podmanIDs reads containers.json of containers/storage: that of root, and those of people at home.
func podmanIDs(root, name string) (ids []string) {
	for _, pattern := range []string{"var/lib/containers/storage", "home/*/.local/share/containers/storage", "root/.local/share/containers/storage"} {
		for _, path := range glob(root, pattern+"/*-containers/containers.json") {
			var containers []struct {
				ID    string
				Names []string
			}
			if readJSON(path, &containers) != nil {
				continue
			}
			for _, c := range containers {
				if slices.Contains(c.Names, name) {
					ids = append(ids, c.ID)
				}
			}
		}
	}
	return ids
}

// nerdctlIDs reads the name store of nerdctl: files called NAME in a folder for each namespace, that hold the id.
func nerdctlIDs(root, name string) (ids []string) {
	if strings.ContainsAny(name, `/*?[\`) {
		return nil
	}
	for _, path := range glob(root, "var/lib/nerdctl/*/names/*/"+name) {
		if data, err := os.ReadFile(path); err == nil {
			ids = append(ids, strings.TrimSpace(string(data)))
		}
	}
	return ids
}

// kubernetesIDs reads the names of the logs that the kubelet keeps, POD_NAMESPACE_CONTAINER-ID.log. A pod's name, or POD/CONTAINER,
// will do, too.
func kubernetesIDs(root, name string) (ids []string) {
	log := regexp.MustCompile(`^([^_]+)_([^_]+)_(.+)-([0-9a-f]{64})\.log$`)
	for _, path := range glob(root, "var/log/containers/*.log") {
		parts := log.FindStringSubmatch(filepath.Base(path))
		if parts != nil && slices.Contains([]string{parts[3], parts[1], parts[1] + "/" + parts[3]}, name) {
			ids = append(ids, parts[4])
		}
	}
	return ids
}

func glob(root, pattern string) []string {
	paths, _ := filepath.Glob(filepath.Join(root, pattern)) // the patterns are ours
	return paths
}

func readJSON(path string, to any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, to)
}
