package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.Document;
import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Layout;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.NodeJson;
import dev.portcullis.manifests.yaml.Position;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.Sequence;
import dev.portcullis.manifests.yaml.SourceText;
import dev.portcullis.manifests.yaml.Style;
import dev.portcullis.manifests.yaml.YamlException;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects one file's documents by what they are. */
final class DocumentSorter {
  private final String name;
  private final SourceText source;
  private final WorkloadKinds kinds;
  private final List<Workload> workloads = new ArrayList<>();
  private final List<NamespaceManifest> namespaces = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<ManifestError> errors = new ArrayList<>();
  private final List<ManifestObject> others = new ArrayList<>();

  DocumentSorter(String name, SourceText source, WorkloadKinds kinds) {
    this.name = name;
    this.source = source;
    this.kinds = kinds;
  }

  ManifestFile file() {
    return new ManifestFile(name, source, workloads, namespaces, skipped, errors, others);
  }

  /** Adds what a document holds; an empty one counts for nothing. */
  void add(Document document) {
    Node root = document.root().resolved();
    if (root instanceof Scalar scalar && scalar.value() == null) {
      return;
    }
    object(root, document.index(), null, null);
  }

  /** Adds a document that could not be read. */
  void failed(int document, int start, YamlException e) {
    String text = source.text();
    int end = text.indexOf("\n---", Math.max(start, e.position().offset()));
    String template = Templates.reason(text.substring(start, end < 0 ? text.length() : end));
    if (template != null) {
      skip(document, start, Skipped.Cause.TEMPLATE, template);
    } else {
      error(document, e.position(), e.problem());
    }
  }

  private void object(
      Node node, int document, @Nullable String listVersion, @Nullable String listKind) {
    if (!(node.resolved() instanceof Mapping root)) {
      String what = node.resolved() instanceof Sequence ? "a list" : "a single value";
      skip(document, node.start(), Skipped.Cause.FOREIGN, "no Kubernetes object: " + what);
      return;
    }
    String kind = field(root, "kind", listKind);
    String apiVersion = field(root, "apiVersion", listVersion);
    if (kind == null) {
      skip(
          document,
          root.start(),
          Skipped.Cause.FOREIGN,
          "no Kubernetes object: " + missing(root, "kind"));
    } else if (apiVersion == null) {
      skip(
          document,
          root.start(),
          Skipped.Cause.FOREIGN,
          "no Kubernetes object: " + missing(root, "apiVersion") + " (kind " + kind + ")");
    } else {
      object(new ManifestObject(name, source, document, apiVersion, kind, root));
    }
  }

  private void object(ManifestObject object) {
    WorkloadKind kind = kinds.find(object.apiVersion(), object.kind());
    if (kind != null && kind.builtIn()) {
      workload(object, kind);
      return;
    }
    if (kind != null) {
      custom(object, kind);
      return;
    }
    String notServed = ServedKinds.problem(object.apiVersion(), object.kind());
    if (notServed != null) {
      skip(object.document(), object.root().start(), Skipped.Cause.NOT_SERVED, notServed);
    } else if (object.kind().equals("Namespace") && object.apiVersion().equals("v1")) {
      namespaces.add(NamespaceManifest.of(object));
    } else if (object.kind().endsWith("List")
        && object.root().get("items") instanceof Sequence items) {
      list(object, items);
    } else {
      String containers = CustomTemplates.path(object);
      if (containers != null) {
        skip(
            object.document(),
            object.root().start(),
            Skipped.Cause.CUSTOM,
            object.kind()
                + " of "
                + object.apiVersion()
                + " holds containers at "
                + containers
                + ", a kind that is not judged");
      }
      others.add(object);
    }
  }

  private void list(ManifestObject list, Sequence items) {
    String itemKind =
        list.kind().equals("List")
            ? null
            : list.kind().substring(0, list.kind().length() - "List".length());
    String itemVersion = itemKind == null ? null : list.apiVersion();
    for (Node item : items.items()) {
      object(item, list.document(), itemVersion, itemKind);
    }
  }

  private void workload(ManifestObject object, WorkloadKind kind) {
    Mapping pod = object.root();
    String path = "";
    PodPath template = kind.pods().getFirst();
    for (String key : template.keys()) {
      path = path.isEmpty() ? key : path + "." + key;
      if (!(pod.get(key) instanceof Mapping inner)) {
        withoutPod(object, path, pod.get(key));
        return;
      }
      pod = inner;
    }
    if (pod.get("spec") instanceof Mapping) {
      decode(object, kind, template, path, pod);
    } else {
      withoutPod(object, path.isEmpty() ? "spec" : path + ".spec", pod.get("spec"));
    }
  }

  /** An object of an operator's kind: it may hold several templates, or none that can be judged. */
  private void custom(ManifestObject object, WorkloadKind kind) {
    if (kind.pods().isEmpty()) {
      skipCustom(object, object.kind() + ", whose pods cannot be judged: " + kind.note());
      return;
    }
    boolean any = false;
    for (PodPath path : kind.pods()) {
      for (PodPath.Found found : path.find(object.root())) {
        any |= template(object, kind, path, found);
      }
    }
    if (!any) {
      String paths = String.join(" or ", kind.pods().stream().map(PodPath::text).toList());
      String note = kind.note().isEmpty() ? "" : "; " + kind.note();
      skipCustom(object, object.kind() + " without a pod in " + paths + note);
    }
  }

  /** {@return whether something was made of it} */
  private boolean template(
      ManifestObject object, WorkloadKind kind, PodPath path, PodPath.Found found) {
    Node node = found.node();
    if (node.resolved() instanceof Scalar scalar && scalar.value() == null) {
      return false;
    }
    if (!(node.resolved() instanceof Mapping mapping)) {
      mistyped(object, node, found.path() + ": must be an object");
      return true;
    }
    Mapping pod = path.shape() == PodPath.Shape.SPEC ? withSpec(mapping) : mapping;
    if (!(pod.get("spec") instanceof Mapping)) {
      return false;
    }
    decode(object, kind, path, found.path(), pod);
    return true;
  }

  /** {@return a pod around its spec} */
  private static Mapping withSpec(Mapping spec) {
    int at = spec.start();
    var key = new Scalar(at, at, null, Style.PLAIN, "spec", "spec", false);
    return new Mapping(at, spec.end(), null, Layout.BLOCK, List.of(new Entry(key, spec)));
  }

  private void skipCustom(ManifestObject object, String reason) {
    skip(object.document(), object.root().start(), Skipped.Cause.COMPOSED, reason);
  }

  private void withoutPod(ManifestObject object, String path, @Nullable Node value) {
    if (value == null || (value instanceof Scalar scalar && scalar.value() == null)) {
      String reason = object.kind() + " without " + path + ", a patch perhaps";
      skip(object.document(), object.root().start(), Skipped.Cause.PATCH, reason);
    } else {
      mistyped(object, value, path + ": must be an object");
    }
  }

  /** A wrong type, unless it comes from a template or a variable. */
  private void mistyped(ManifestObject object, Node value, String message) {
    String template = Templates.reasonInValue(source.text().substring(value.start(), value.end()));
    if (template == null) {
      error(object.document(), source.position(value.start()), message);
    } else {
      skip(object.document(), object.root().start(), Skipped.Cause.TEMPLATE, template);
    }
  }

  private void decode(
      ManifestObject object, WorkloadKind kind, PodPath template, String path, Mapping pod) {
    // An operator may fill in an image, as everything else.
    boolean completed = template.fidelity() == PodPath.Fidelity.COMPLETED;
    String patch = completed ? null : Patches.reason(object, pod);
    if (patch != null) {
      skip(object.document(), object.root().start(), Skipped.Cause.PATCH, patch);
      return;
    }
    try {
      byte[] json = NodeJson.bytes(VolumeDefault.apply(pod), source);
      PodView view = PodDecoder.decode(JsonSlice.of(json), JsonLimits.STANDARD);
      workloads.add(new Workload(object, kind, template, path, pod, view));
    } catch (YamlException e) {
      error(object.document(), e.position(), e.problem());
    } catch (JsonException e) {
      Located located = Located.find(pod, FieldPath.parse(e.path()));
      mistyped(object, located.node(), message(path, e));
    }
  }

  private static String message(String podPath, JsonException e) {
    String path =
        podPath.isEmpty() || e.path().isEmpty() ? podPath + e.path() : podPath + "." + e.path();
    return path.isEmpty() ? e.problem() : path + ": " + e.problem();
  }

  private static @Nullable String field(Mapping root, String key, @Nullable String otherwise) {
    Node value = root.get(key);
    return value == null ? otherwise : value instanceof Scalar scalar ? scalar.string() : null;
  }

  private static String missing(Mapping root, String key) {
    return key + (root.get(key) == null ? " is missing" : " is not a string");
  }

  private void skip(int document, int offset, Skipped.Cause cause, String reason) {
    skipped.add(new Skipped(document, source.position(offset).line(), cause, reason));
  }

  private void error(int document, Position position, String message) {
    errors.add(new ManifestError(document, position.line(), position.column(), message));
  }
}
