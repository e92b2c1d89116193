package dev.portcullis.manifests.edit;

import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestObject;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.manifests.PodPath;
import dev.portcullis.manifests.Workload;
import dev.portcullis.policy.remedy.Edit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies edits of a pod to the text of the manifest that it stands in.
 *
 * <p>After each edit the text is read again. It must hold the same objects, mean the same but for
 * the edit, and have lost no error or skipped document; else the edit is refused and the text is as
 * it was. Immutable and thread-safe.
 */
public final class ManifestEditor {
  private final ManifestReader reader;

  /** An editor that reads as this reader reads. */
  public ManifestEditor(ManifestReader reader) {
    this.reader = reader;
  }

  /**
   * {@return the file with one edit made}
   *
   * @param file the file as it was read
   * @param workload which of its workloads, from 0
   * @param edit the change to that workload's pod
   * @throws EditException when the change cannot be made without touching more than it should
   */
  public ManifestFile apply(ManifestFile file, int workload, Edit edit) throws EditException {
    ManifestFile edited = file;
    for (Edit small : inSmallSteps(file.workloads().get(workload), edit)) {
      edited = applyOne(edited, workload, small);
    }
    return edited;
  }

  private ManifestFile applyOne(ManifestFile file, int index, Edit edit) throws EditException {
    Workload workload = file.workloads().get(index);
    var editor = new YamlTextEditor(file.source(), workload.podNode());
    TextChange change =
        edit.json() == null
            ? editor.remove(edit.path())
            : editor.set(edit.path(), PlainTree.of(edit.json()));
    String text = change.applyTo(file.source().text());
    ManifestFile edited = reader.read(file.name(), text.getBytes(StandardCharsets.UTF_8));

    List<Object> expected = meaning(file);
    Object pod = podIn(expected.get(index), workload);
    if (edit.json() == null) {
      PlainTree.remove(pod, edit.path());
    } else {
      PlainTree.set(pod, edit.path(), PlainTree.of(edit.json()));
    }
    boolean same =
        meaning(edited).equals(expected)
            && edited.errors().size() == file.errors().size()
            && edited.skipped().size() == file.skipped().size()
            && edited.namespaces().size() == file.namespaces().size()
            && edited.others().size() == file.others().size();
    if (!same) {
      throw new EditException("the change would reach further than " + edit.pointer());
    }
    return edited;
  }

  /**
   * {@return an edit that replaces an object, as edits of its members}: what stays the same is not
   * written again.
   */
  private static List<Edit> inSmallSteps(Workload workload, Edit edit) {
    if (edit.op() != Edit.Op.REPLACE
        || edit.json() == null
        || !(PlainTree.of(edit.json()) instanceof Map<?, ?> wanted)) {
      return List.of(edit);
    }
    if (!(at(PlainTree.of(workload.podNode()), edit.path()) instanceof Map<?, ?> present)
        || present.isEmpty()) {
      return List.of(edit);
    }
    var steps = new ArrayList<Edit>();
    wanted.forEach((name, value) -> {
      if (!value.equals(present.get(name))) {
        boolean there = present.containsKey(name);
        steps.add(
            new Edit(
                there ? Edit.Op.REPLACE : Edit.Op.ADD,
                below(edit.path(), name.toString()),
                ValueText.flow(value, true)));
      }
    });
    for (Object name : present.keySet()) {
      if (!wanted.containsKey(name)) {
        steps.add(new Edit(Edit.Op.REMOVE, below(edit.path(), name.toString()), null));
      }
    }
    return steps;
  }

  private static List<String> below(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private static Object at(Object tree, List<String> path) {
    Object here = tree;
    for (String step : path) {
      Object next =
          switch (here) {
            case Map<?, ?> map -> map.get(step);
            case List<?> list -> step.matches("[0-9]+") ? list.get(Integer.parseInt(step)) : null;
            default -> null;
          };
      if (next == null) {
        return Map.of();
      }
      here = next;
    }
    return here;
  }

  /** {@return what the object of each workload says; workloads of one object share its tree} */
  private static List<Object> meaning(ManifestFile file) {
    var trees = new IdentityHashMap<ManifestObject, Object>();
    var all = new ArrayList<Object>();
    for (Workload workload : file.workloads()) {
      all.add(trees.computeIfAbsent(workload.object(), object -> PlainTree.of(object.root())));
    }
    file.namespaces().forEach(namespace -> all.add(PlainTree.of(namespace.object().root())));
    return all;
  }

  private static Object podIn(Object object, Workload workload) {
    Object here = object;
    for (Object step : workload.podSteps()) {
      here =
          switch (here) {
            case Map<?, ?> map when map.get(step) != null -> map.get(step);
            case List<?> list when step instanceof Integer at && at < list.size() -> list.get(at);
            default -> new LinkedHashMap<>();
          };
    }
    if (workload.template().shape() == PodPath.Shape.SPEC) {
      var around = new LinkedHashMap<String, Object>();
      around.put("spec", here);
      return around;
    }
    return here;
  }
}
