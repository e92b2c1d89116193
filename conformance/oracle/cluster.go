package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	pathvalidation "k8s.io/apimachinery/pkg/api/validation/path"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/client-go/kubernetes"
	corev1listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

// cluster is what the webhook sees of one: an informer's namespaces, a client
// whose API server knows no others, and live lists of pods.
type cluster struct {
	namespaces corev1listers.NamespaceLister
	client     kubernetes.Interface
	pods       map[string][]*corev1.Pod
}

// everywhere lists the pods of all namespaces, as an empty name does in a client.
const everywhere = ""

func (w *worker) newCluster() (*cluster, error) {
	namespaces, err := list[corev1.Namespace](w.in["namespaces"])
	if err != nil {
		return nil, fmt.Errorf("namespaces: %w", err)
	}
	pods, err := list[corev1.Pod](w.in["pods"])
	if err != nil {
		return nil, fmt.Errorf("pods: %w", err)
	}
	known := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{})
	for i := range namespaces {
		if err := known.Add(&namespaces[i]); err != nil {
			return nil, err
		}
	}
	byNamespace := map[string][]*corev1.Pod{}
	for i := range pods {
		pod := &pods[i]
		byNamespace[everywhere] = append(byNamespace[everywhere], pod)
		if pod.Namespace != everywhere {
			byNamespace[pod.Namespace] = append(byNamespace[pod.Namespace], pod)
		}
	}
	return &cluster{corev1listers.NewNamespaceLister(known), emptyServer, byNamespace}, nil
}

// list decodes a JSON array as a client decodes the items of a list.
func list[T any](raw []byte) ([]T, error) {
	if raw == nil {
		return nil, nil
	}
	var items []T
	return items, utiljson.Unmarshal(raw, &items)
}

// ListPods implements admission.PodLister with a client's faults.
func (c *cluster) ListPods(ctx context.Context, namespace string) ([]*corev1.Pod, error) {
	if faults := pathvalidation.IsValidPathSegmentName(namespace); namespace != everywhere && len(faults) > 0 {
		return nil, fmt.Errorf("invalid namespace %q: %v", namespace, faults)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return slices.Clone(c.pods[namespace]), nil // The reference sorts the list in place.
}

// emptyServer is a real client of an API server without namespaces: names that
// no request can carry, expired deadlines and 404s read as they do in a cluster.
var emptyServer = kubernetes.NewForConfigOrDie(&rest.Config{
	Host:      "http://oracle.invalid",
	Transport: notFound{},
	QPS:       1e9,
	Burst:     1e9,
})

type notFound struct{}

func (notFound) RoundTrip(request *http.Request) (*http.Response, error) {
	if err := request.Context().Err(); err != nil {
		return nil, err
	}
	status := apierrors.NewNotFound(corev1.Resource("namespaces"), path.Base(request.URL.Path)).Status()
	status.Kind, status.APIVersion = "Status", "v1"
	body, err := json.Marshal(status)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: http.StatusNotFound,
		ProtoMajor: 1, ProtoMinor: 1,
		Header:  http.Header{"Content-Type": {"application/json"}},
		Body:    io.NopCloser(bytes.NewReader(body)),
		Request: request,
	}, nil
}
