package dev.portcullis.policy.checks;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.pod.VolumeSource;
import java.util.Map;

class RestrictedVolumesTest implements CheckTest {
  @Override
  public Check check() {
    return RestrictedVolumes.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    for (VolumeSource source : VolumeSource.values()) {
      pods.add(
          "volumes/" + source.field(), p -> p.set("spec.volumes[1]." + source.field(), Map.of()));
    }
    pods.add("volumes/no source", p -> p.set("spec.volumes[1].name", "v1"));
    pods.add("volumes/unknown source", p -> p.set("spec.volumes[1].novelty", Map.of()));
    pods.add("volumes/null source", p -> p.set("spec.volumes[1].hostPath", null));
    pods.add("volumes/null", p -> p.set("spec.volumes[1]", null));
    pods.add("volumes/two sources", p -> p.set("spec.volumes[0].hostPath", Map.of()));
    pods.add(
        "volumes/two bad sources",
        p -> p.set("spec.volumes[1].nfs", Map.of()).set("spec.volumes[1].rbd", Map.of()));
    pods.add(
        "volumes/two of one type",
        p ->
            p.set("spec.volumes[1].name", "z")
                .set("spec.volumes[1].hostPath.path", "/")
                .set("spec.volumes[2].name", "y")
                .set("spec.volumes[2].hostPath.path", "/"));
    pods.add(
        "volumes/two types",
        p -> p.set("spec.volumes[1].name", "z").set("spec.volumes[2].hostPath", Map.of()));
  }
}
