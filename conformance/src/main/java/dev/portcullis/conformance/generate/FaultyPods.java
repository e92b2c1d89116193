package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Obj;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Pods that are no pods: wrong types, repeated members, and bytes that are not JSON at all. */
public final class FaultyPods {
  private FaultyPods() {}

  /** Adds the pod to the question, as a tree or as bytes. */
  public static void add(Dice dice, Obj question) {
    Obj pod = Edits.copy(PodMaker.pod(dice));
    switch (dice.below(4)) {
      case 0, 1 -> Edits.damage(dice, pod);
      case 2 -> {
        int repeats = 1 + dice.below(3);
        for (int i = 0; i < repeats; i++) {
          Edits.repeat(dice, pod);
        }
      }
      default -> {
        byte[] bytes = GoJson.print(pod).getBytes(StandardCharsets.UTF_8);
        question.put(
            "podBytes", Json.text(Base64.getEncoder().encodeToString(broken(dice, bytes))));
        return;
      }
    }
    question.put("pod", pod);
  }

  private static byte[] broken(Dice dice, byte[] bytes) {
    int at = 1 + dice.below(bytes.length - 1);
    switch (dice.below(4)) {
      case 0 -> bytes[at] = (byte) (0x80 + dice.below(0x80));
      case 1 -> bytes[at] = (byte) dice.below(0x80);
      case 2 -> {
        return java.util.Arrays.copyOf(bytes, at);
      }
      default -> {
        byte swapped = bytes[at];
        bytes[at] = bytes[at - 1];
        bytes[at - 1] = swapped;
      }
    }
    return bytes;
  }
}
