package dev.portcullis.admission;

import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.policy.pod.PodView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the object of a request turned out to be. */
sealed interface Decoded {
  /** There is no object. */
  Decoded NOTHING = Nothing.INSTANCE;

  /** There is no object. */
  enum Nothing implements Decoded {
    INSTANCE
  }

  /** A pod. */
  record Pod(PodView view) implements Decoded {}

  /**
   * A namespace, with those of its labels that concern Pod Security; {@code told} is what it says
   * that it is.
   */
  record Namespace(String name, Map<String, String> labels, ObjectKind told) implements Decoded {}

  /** What makes pods, with the template it makes them from; null when it has none. */
  record Controller(@Nullable PodView template) implements Decoded {}

  /** A known kind of object that holds no pod; {@code told} is what it says that it is. */
  record Other(ObjectKind told) implements Decoded {}

  /** No known object, for this reason. */
  record Undecodable(String problem) implements Decoded {}
}
