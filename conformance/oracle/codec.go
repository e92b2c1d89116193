package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	admissionv1 "k8s.io/api/admission/v1"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
)

// decoder is made as the reference webhook makes its own (cmd/webhook/server):
// not strict, and knowing these four groups.
var (
	scheme  = runtime.NewScheme()
	decoder = serializer.NewCodecFactory(scheme).UniversalDeserializer()
)

var podKind = corev1.SchemeGroupVersion.WithKind("Pod")

func init() {
	for _, add := range []func(*runtime.Scheme) error{
		corev1.AddToScheme, appsv1.AddToScheme, batchv1.AddToScheme, admissionv1.AddToScheme,
	} {
		utilruntime.Must(add(scheme))
	}
}

// A scheme is named in errors by the source line that made it, and every build
// finds another line; these are the lines in the reference's own tree.
const (
	webhookScheme = "k8s.io/pod-security-admission/cmd/webhook/server/scheme.go:29"
	configScheme  = "k8s.io/pod-security-admission/admission/api/scheme/scheme.go:31"
)

// naming replaces the name of made by name.
func naming(made *runtime.Scheme, name, text string) string {
	return strings.ReplaceAll(text, strconv.Quote(made.Name()), strconv.Quote(name))
}

// decodePod decodes raw as the webhook decodes request.object for a Pod.
func decodePod(raw []byte) (*corev1.Pod, error) {
	object, kind, err := decoder.Decode(raw, &podKind, nil)
	if err != nil {
		return nil, errors.New(naming(scheme, webhookScheme, err.Error()))
	}
	pod, ok := object.(*corev1.Pod)
	if !ok {
		return nil, fmt.Errorf("not a pod: %s", kind)
	}
	return pod, nil
}
