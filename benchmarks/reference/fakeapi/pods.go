package main

import "fmt"

// madeUpPod is a pod as a ReplicaSet makes it, about 2.5 KB: of three, one
// passes restricted, one baseline, and one neither.
func madeUpPod(namespace string, i int) map[string]any {
	owner := fmt.Sprintf("web-%03d", i/3)
	container := map[string]any{
		"name": "app", "image": "registry.example/shop/app:1.4.2", "imagePullPolicy": "IfNotPresent",
		"ports":                    []any{map[string]any{"containerPort": 8080, "name": "http", "protocol": "TCP"}},
		"env":                      environment(12),
		"resources":                map[string]any{"limits": map[string]any{"cpu": "500m", "memory": "256Mi"}, "requests": map[string]any{"cpu": "100m", "memory": "128Mi"}},
		"livenessProbe":            map[string]any{"httpGet": map[string]any{"path": "/healthz", "port": "http", "scheme": "HTTP"}, "periodSeconds": 10},
		"volumeMounts":             []any{map[string]any{"mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "name": "kube-api-access", "readOnly": true}},
		"terminationMessagePath":   "/dev/termination-log",
		"terminationMessagePolicy": "File",
	}
	spec := map[string]any{
		"containers":         []any{container},
		"dnsPolicy":          "ClusterFirst",
		"enableServiceLinks": true,
		"nodeName":           fmt.Sprintf("node-%02d", i%20),
		"restartPolicy":      "Always",
		"schedulerName":      "default-scheduler",
		"securityContext":    map[string]any{},
		"serviceAccountName": "default",
		"volumes": []any{map[string]any{"name": "kube-api-access", "projected": map[string]any{"defaultMode": 420,
			"sources": []any{map[string]any{"serviceAccountToken": map[string]any{"expirationSeconds": 3607, "path": "token"}}}}}},
	}
	switch i % 3 {
	case 0:
		spec["securityContext"] = map[string]any{"runAsNonRoot": true, "seccompProfile": map[string]any{"type": "RuntimeDefault"}}
		container["securityContext"] = map[string]any{"allowPrivilegeEscalation": false, "capabilities": map[string]any{"drop": []any{"ALL"}}}
	case 2:
		container["securityContext"] = map[string]any{"privileged": true}
	}
	return map[string]any{
		"kind": "Pod",
		"metadata": map[string]any{
			"name": fmt.Sprintf("%s-%05d", owner, i), "namespace": namespace, "generateName": owner + "-",
			"labels": map[string]any{"app": owner, "pod-template-hash": "5d79f54576"},
			"ownerReferences": []any{map[string]any{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": owner,
				"uid": "rs-" + owner, "controller": true, "blockOwnerDeletion": true}},
		},
		"spec":   spec,
		"status": map[string]any{"phase": "Running", "qosClass": "Burstable", "podIP": fmt.Sprintf("10.0.%d.%d", i/250%250, i%250)},
	}
}

func environment(n int) []any {
	variables := make([]any, n)
	for i := range variables {
		variables[i] = map[string]any{"name": fmt.Sprintf("SETTING_%02d", i), "value": fmt.Sprintf("value-of-setting-%02d", i)}
	}
	return variables
}
