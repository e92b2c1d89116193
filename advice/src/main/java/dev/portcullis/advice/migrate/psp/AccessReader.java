package dev.portcullis.advice.migrate.psp;

import dev.portcullis.advice.migrate.psp.RbacBinding.Subject;
import dev.portcullis.manifests.ManifestError;
import dev.portcullis.manifests.ManifestObject;
import dev.portcullis.manifests.yaml.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the RBAC objects that may let PodSecurityPolicies be used. */
public final class AccessReader {
  private static final Set<String> VERSIONS =
      Set.of("rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1");

  /** An API server asks for both groups, as the policies moved from one to the other. */
  private static final List<String> GROUPS = List.of("policy", "extensions", "*");

  private static final List<String> RESOURCES = List.of("podsecuritypolicies", "*");
  private static final List<String> VERBS = List.of("use", "*");

  private AccessReader() {}

  /**
   * What an object came to.
   *
   * @param role a role, or null
   * @param binding a binding, or null
   * @param errors what no API server would have taken; then both are null
   * @param remarks what a reader should know
   */
  public record Result(
      @Nullable RbacRole role,
      @Nullable RbacBinding binding,
      List<ManifestError> errors,
      List<ManifestError> remarks) {
    /** Copies the lists. */
    public Result {
      errors = List.copyOf(errors);
      remarks = List.copyOf(remarks);
    }
  }

  /** {@return whether the object is a role or a binding} */
  public static boolean reads(ManifestObject object) {
    return VERSIONS.contains(object.apiVersion())
        && switch (object.kind()) {
          case "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding" -> true;
          default -> false;
        };
  }

  /**
   * {@return the role or binding in an object that {@link #reads} takes}
   *
   * @param namespace that of an object that names none
   */
  public static Result read(ManifestObject object, String namespace) {
    var fields = new FieldReader(object);
    boolean clusterWide = object.kind().startsWith("Cluster");
    String given = object.namespace();
    String home = clusterWide ? "" : given == null ? namespace : given;
    String name = object.name() == null ? "" : object.name();
    if (!clusterWide && home.isEmpty()) {
      fields.fault(object.root(), object.kind() + " " + name + ": metadata.namespace is missing");
    }
    RbacRole role = null;
    RbacBinding binding = null;
    if (object.kind().endsWith("Role")) {
      role = role(object, fields, home, name);
    } else {
      binding = binding(object, fields, home, name);
    }
    boolean sound = fields.errors().isEmpty();
    return new Result(
        sound ? role : null, sound ? binding : null, fields.errors(), fields.unknown());
  }

  private static RbacRole role(
      ManifestObject object, FieldReader fields, String namespace, String name) {
    var rules = new ArrayList<AccessRule>();
    for (FieldReader.Item item : fields.mappings(object.root(), "", "rules")) {
      Mapping rule = item.mapping();
      List<String> names = fields.strings(rule, item.path(), "resourceNames");
      if (any(fields.strings(rule, item.path(), "verbs"), VERBS)
          && any(fields.strings(rule, item.path(), "apiGroups"), GROUPS)
          && any(fields.strings(rule, item.path(), "resources"), RESOURCES)) {
        rules.add(new AccessRule(names));
      }
    }
    var aggregates = new ArrayList<Map<String, String>>();
    Mapping aggregation = fields.mapping(object.root(), "", "aggregationRule");
    if (aggregation != null) {
      for (FieldReader.Item item :
          fields.mappings(aggregation, "aggregationRule", "clusterRoleSelectors")) {
        if (item.mapping().get("matchExpressions") != null) {
          fields.remark(
              item.mapping(),
              object.kind()
                  + " "
                  + name
                  + " gathers roles by matchExpressions, which are not followed; read it from the"
                  + " cluster, where its rules are filled in");
        } else {
          aggregates.add(fields.texts(item.mapping(), item.path(), "matchLabels"));
        }
      }
    }
    return new RbacRole(namespace, name, object.labels(), rules, aggregates);
  }

  private static boolean any(List<String> given, List<String> wanted) {
    return given.stream().anyMatch(wanted::contains);
  }

  private static RbacBinding binding(
      ManifestObject object, FieldReader fields, String namespace, String name) {
    String roleKind = "";
    String roleName = "";
    Mapping ref = fields.mapping(object.root(), "", "roleRef");
    if (ref == null) {
      fields.fault(object.root(), "roleRef: is missing");
    } else {
      roleKind = fields.string(ref, "roleRef", "kind");
      roleName = fields.string(ref, "roleRef", "name");
    }
    var subjects = new ArrayList<Subject>();
    for (FieldReader.Item item : fields.mappings(object.root(), "", "subjects")) {
      String kind = fields.string(item.mapping(), item.path(), "kind");
      String subjectName = fields.string(item.mapping(), item.path(), "name");
      String of = fields.string(item.mapping(), item.path(), "namespace");
      if (!kind.equals("ServiceAccount")) {
        of = "";
      } else if (of.isEmpty()) {
        of = namespace;
        if (namespace.isEmpty()) {
          fields.fault(item.mapping(), item.path() + ".namespace: is missing");
        }
      }
      subjects.add(new Subject(kind, of, subjectName));
    }
    return new RbacBinding(
        object.file(), object.position().line(), namespace, name, roleKind, roleName, subjects);
  }
}
