package dev.portcullis.policy.remedy;

import dev.portcullis.policy.json.JsonText;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.SecurityContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns changes into edits: makes the objects on the way that the pod does not have, once. */
final class Patch {
  private final Set<List<String>> missing = new HashSet<>();

  Patch(PodView pod) {
    note(pod.givenContext(), List.of("spec", "securityContext"));
    for (ContainerView container : pod.containers()) {
      note(container.givenContext(), FieldPaths.ofContainer(container));
    }
  }

  private void note(@Nullable SecurityContext context, List<String> path) {
    if (context == null) {
      missing.add(List.copyOf(path));
    }
    if (context == null || context.capabilities() == null) {
      var capabilities = new ArrayList<>(path);
      capabilities.add("capabilities");
      missing.add(List.copyOf(capabilities));
    }
  }

  List<Edit> edits(List<Change> changes) {
    var edits = new ArrayList<Edit>();
    for (Change change : changes) {
      edits.add(
          switch (change) {
            case Change.Take take -> new Edit(Edit.Op.REMOVE, take.path(), null);
            case Change.Assign assign -> assign(assign);
          });
    }
    return edits;
  }

  private Edit assign(Change.Assign assign) {
    List<String> path = assign.path();
    for (int length = 2; length < path.size(); length++) {
      List<String> above = path.subList(0, length);
      if (missing.contains(above)) {
        for (int made = length; made < path.size(); made++) {
          missing.remove(path.subList(0, made));
        }
        return new Edit(
            Edit.Op.ADD, above, nested(path.subList(length, path.size()), assign.json()));
      }
    }
    return new Edit(assign.present() ? Edit.Op.REPLACE : Edit.Op.ADD, path, assign.json());
  }

  private static String nested(List<String> fields, String json) {
    var out = new StringBuilder();
    for (String field : fields) {
      out.append('{');
      JsonText.appendQuoted(out, field);
      out.append(':');
    }
    return out.append(json).append("}".repeat(fields.size())).toString();
  }
}
