package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import java.util.List;
import java.util.Map;

/** Volumes with one source, with several, with none, with unknown ones. */
final class VolumeMaker {
  private static final List<String> ALLOWED =
      List.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private static final List<String> OTHERS =
      List.of(
          "hostPath",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "gitRepo",
          "nfs",
          "iscsi",
          "glusterfs",
          "rbd",
          "flexVolume",
          "cinder",
          "cephfs",
          "flocker",
          "fc",
          "azureFile",
          "vsphereVolume",
          "quobyte",
          "azureDisk",
          "photonPersistentDisk",
          "portworxVolume",
          "scaleIO",
          "storageos");

  private static final List<String> UNKNOWN =
      List.of("hostpath", "HostPath", "emptydir", "newKind", "", "configmap", "hostPath ");

  private static final Map<String, Obj> CONTENT =
      Map.of(
          "hostPath", new Obj().put("path", Json.text("/")),
          "configMap", new Obj().put("name", Json.text("c")),
          "secret", new Obj().put("secretName", Json.text("s")),
          "nfs", new Obj().put("server", Json.text("s")).put("path", Json.text("/")),
          "image", new Obj().put("reference", Json.text("r")),
          "csi", new Obj().put("driver", Json.text("d")));

  private VolumeMaker() {}

  static Arr volumes(Mood mood, int count) {
    var volumes = new Arr();
    for (int i = 0; i < count; i++) {
      volumes.add(mood.odd() > 0 && mood.chance(0.005) ? Json.NULL : volume(mood));
    }
    return volumes;
  }

  private static Obj volume(Mood mood) {
    var volume = new Obj();
    mood.put(volume, "name", 0.98, Json.text(Words.name(mood)));
    boolean odd = mood.chance(2 * mood.odd());
    if (!odd) {
      source(mood, volume, mood.dice().pick(ALLOWED));
    } else {
      int sources = mood.dice().pick(1, 1, 1, 1, 2, 2, 3, 0);
      for (int i = 0; i < sources; i++) {
        List<String> from = mood.chance(0.75) ? OTHERS : mood.chance(0.7) ? ALLOWED : UNKNOWN;
        source(mood, volume, mood.chance(0.15) ? "hostPath" : mood.dice().pick(from));
      }
      if (mood.chance(0.1)) {
        // Null is as good as absent.
        String name = mood.dice().pick(mood.chance(0.5) ? OTHERS : ALLOWED);
        if (volume.get(name) == null) {
          volume.put(name, Json.NULL);
        }
      }
    }
    return volume;
  }

  private static void source(Mood mood, Obj volume, String name) {
    if (volume.get(name) == null) {
      volume.put(name, mood.chance(0.5) ? CONTENT.getOrDefault(name, new Obj()) : new Obj());
    }
  }
}
