// Package suite runs the Go reference's own conformance suite against a cluster whose Pod Security is somebody else's
// work: KUBECONFIG names the cluster, and podsecurity.yaml is what its webhook must be configured with.
package suite

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	nodev1 "k8s.io/api/node/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	podsecuritytest "k8s.io/pod-security-admission/test"
)

// What podsecurity.yaml beside this file exempts.
const (
	exemptUser         = "exempt-user"
	exemptRuntimeClass = "exempt-class"
)

var exemptNamespaces = []string{"exempt-one", "exempt-two"}

// administrator is who KUBECONFIG names.
func administrator(t *testing.T) *rest.Config {
	t.Helper()
	path := os.Getenv("KUBECONFIG")
	if path == "" {
		t.Fatal("KUBECONFIG is not set: name the kubeconfig of an administrator of a cluster whose webhook runs with podsecurity.yaml")
	}
	config, err := clientcmd.BuildConfigFromFlags("", path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	config.QPS = -1 // thousands of requests, one after the other: the client's own brake would take an hour
	return config
}

// exempt is the same administrator as the exempt user.
func exempt(t *testing.T) *rest.Config {
	config := administrator(t)
	config.Impersonate = rest.ImpersonationConfig{UserName: exemptUser, Groups: []string{"system:masters"}}
	return config
}

func client(t *testing.T, config *rest.Config) kubernetes.Interface {
	t.Helper()
	made, err := kubernetes.NewForConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// TestReferenceSuite is the reference's runner. It takes the exemptions but (at 0.37) makes no use of them;
// the tests below do.
func TestReferenceSuite(t *testing.T) {
	podsecuritytest.Run(t, podsecuritytest.Options{
		ClientConfig:         administrator(t),
		ExemptClient:         client(t, exempt(t)),
		ExemptNamespaces:     exemptNamespaces,
		ExemptRuntimeClasses: []string{exemptRuntimeClass},
	})
}

func TestExemptClientMayCreateViolatingPods(t *testing.T) {
	admin := client(t, administrator(t))
	restricted(t, admin, "suite-exempt-client")
	quiet(t, exempt(t), func(privileged kubernetes.Interface) error {
		return tryPrivilegedPod(privileged, "suite-exempt-client", nil)
	})
	if err := tryPrivilegedPod(admin, "suite-exempt-client", nil); !isViolation(err) {
		t.Errorf("another client than the exempt one: want a violation, got %v", err)
	}
}

func TestExemptNamespacesTakeViolatingPods(t *testing.T) {
	for _, namespace := range exemptNamespaces {
		admin := client(t, administrator(t))
		restricted(t, admin, namespace)
		quiet(t, administrator(t), func(anybody kubernetes.Interface) error {
			return tryPrivilegedPod(anybody, namespace, nil)
		})
	}
}

func TestExemptRuntimeClassesAdmitViolatingPods(t *testing.T) {
	admin := client(t, administrator(t))
	restricted(t, admin, "suite-exempt-runtime-class")
	name := exemptRuntimeClass
	runtimeClass(t, admin, name)
	quiet(t, administrator(t), func(anybody kubernetes.Interface) error {
		return tryPrivilegedPod(anybody, "suite-exempt-runtime-class", &name)
	})
	other := "suite-not-exempt"
	runtimeClass(t, admin, other)
	if err := tryPrivilegedPod(admin, "suite-exempt-runtime-class", &other); !isViolation(err) {
		t.Errorf("runtime class %s: want a violation, got %v", other, err)
	}
}

// quiet runs a request that must be admitted without any warning.
func quiet(t *testing.T, config *rest.Config, request func(kubernetes.Interface) error) {
	t.Helper()
	warnings := &collected{}
	config.WarningHandler = warnings
	if err := request(client(t, config)); err != nil {
		t.Errorf("an exempt request was refused: %v", err)
	}
	if got := warnings.all(); len(got) > 0 {
		t.Errorf("an exempt request was warned: %v", got)
	}
}

func tryPrivilegedPod(client kubernetes.Interface, namespace string, runtimeClass *string) error {
	yes := true
	_, err := client.CoreV1().Pods(namespace).Create(context.Background(), &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "test"},
		Spec: corev1.PodSpec{
			RuntimeClassName: runtimeClass,
			HostPID:          true,
			Containers: []corev1.Container{{
				Name:            "test",
				Image:           "registry.k8s.io/pause",
				SecurityContext: &corev1.SecurityContext{Privileged: &yes},
			}},
		},
	}, metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}})
	return err
}

func isViolation(err error) bool {
	return apierrors.IsForbidden(err) && strings.Contains(err.Error(), `violates PodSecurity "restricted:latest": host namespaces`)
}

// restricted makes a namespace that enforces and warns, with the service account without which no pod is admitted.
func restricted(t *testing.T, admin kubernetes.Interface, name string) {
	t.Helper()
	ctx := context.Background()
	_, err := admin.CoreV1().Namespaces().Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{
		Name: name,
		Labels: map[string]string{
			"pod-security.kubernetes.io/enforce": "restricted",
			"pod-security.kubernetes.io/warn":    "restricted",
		},
	}}, metav1.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin.CoreV1().Namespaces().Delete(ctx, name, metav1.DeleteOptions{}) })
	err = wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, 30*time.Second, true, func(ctx context.Context) (bool, error) {
		_, err := admin.CoreV1().ServiceAccounts(name).Create(ctx,
			&corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "default"}}, metav1.CreateOptions{})
		return err == nil || apierrors.IsAlreadyExists(err), nil
	})
	if err != nil {
		t.Fatalf("service account default of namespace %s: %v", name, err)
	}
}

func runtimeClass(t *testing.T, admin kubernetes.Interface, name string) {
	t.Helper()
	classes := admin.NodeV1().RuntimeClasses()
	_, err := classes.Create(context.Background(),
		&nodev1.RuntimeClass{ObjectMeta: metav1.ObjectMeta{Name: name}, Handler: "none"}, metav1.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = classes.Delete(context.Background(), name, metav1.DeleteOptions{}) })
}

// collected keeps the Warning headers of one client.
type collected struct {
	lock     sync.Mutex
	warnings []string
}

func (c *collected) HandleWarningHeader(_ int, _ string, text string) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.warnings = append(c.warnings, text)
}

func (c *collected) all() []string {
	c.lock.Lock()
	defer c.lock.Unlock()
	return append([]string(nil), c.warnings...)
}
