package dev.portcullis.manifests.files;

import dev.portcullis.manifests.yaml.Document;
import dev.portcullis.manifests.yaml.DocumentReader;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.Sequence;
import dev.portcullis.manifests.yaml.SourceText;
import dev.portcullis.manifests.yaml.YamlException;
import dev.portcullis.manifests.yaml.YamlLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows the files that a kustomization names as patches: they change workloads and are none.
 *
 * <p>A file's own folder and the one around it are looked at, where those that name it stand.
 */
final class KustomizePatches {
  private static final List<String> NAMES =
      List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
  private static final int MAX_BYTES = 1 << 20;

  /** What the kustomization of a folder names, as absolute paths. */
  private record Named(Set<Path> patches, Set<Path> resources) {}

  private static final Named NOTHING = new Named(Set.of(), Set.of());

  private final Map<Path, Named> folders = new HashMap<>();

  /** {@return whether a kustomization names this file as a patch, and none as a resource} */
  boolean contain(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    if (folder == null) {
      return false;
    }
    Named here = named(folder);
    Named around = folder.getParent() == null ? NOTHING : named(folder.getParent());
    return (here.patches().contains(absolute) || around.patches().contains(absolute))
        && !here.resources().contains(absolute)
        && !around.resources().contains(absolute);
  }

  private Named named(Path folder) {
    Named known = folders.get(folder);
    if (known == null) {
      known = read(folder);
      folders.put(folder, known);
    }
    return known;
  }

  private static Named read(Path folder) {
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          var source = SourceText.decode(in.readNBytes(MAX_BYTES), YamlLimits.DEFAULT);
          Document document = new DocumentReader(source, YamlLimits.DEFAULT).next();
          return document != null && document.root().resolved() instanceof Mapping root
              ? named(root, folder)
              : NOTHING;
        } catch (IOException | YamlException unreadable) {
          // It is reported where it is read for itself.
          return NOTHING;
        }
      }
    }
    return NOTHING;
  }

  private static Named named(Mapping root, Path folder) {
    var patches = new HashSet<Path>();
    var resources = new HashSet<Path>();
    for (String list : List.of("patches", "patchesStrategicMerge", "patchesJson6902")) {
      add(root.get(list), folder, patches);
    }
    for (String list : List.of("resources", "bases")) {
      add(root.get(list), folder, resources);
    }
    return new Named(patches, resources);
  }

  private static void add(@Nullable Node list, Path folder, Set<Path> paths) {
    if (!(list instanceof Sequence sequence)) {
      return;
    }
    for (Node item : sequence.items()) {
      Node path = item.resolved() instanceof Mapping patch ? patch.get("path") : item.resolved();
      if (path instanceof Scalar scalar && scalar.value() != null) {
        add(scalar.text(), folder, paths);
      }
    }
  }

  /** Adds a path; an inline patch in its place is none. */
  private static void add(String text, Path folder, Set<Path> paths) {
    try {
      paths.add(folder.resolve(text).normalize());
    } catch (InvalidPathException inlinePatch) {
      return;
    }
  }
}
