package dev.portcullis.conformance.mutation;

import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.SecurityContext;
import dev.portcullis.policy.pod.VolumeView;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Copies of pods in which one thing is otherwise. */
final class Views {
  private Views() {}

  /** {@return the record with one component changed} */
  @SuppressWarnings("unchecked")
  static <R extends Record, V> R with(R record, String component, UnaryOperator<V> change) {
    try {
      RecordComponent[] components = record.getClass().getRecordComponents();
      var types = new Class<?>[components.length];
      var values = new Object[components.length];
      boolean found = false;
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = components[i].getAccessor().invoke(record);
        if (components[i].getName().equals(component)) {
          values[i] = change.apply((V) values[i]);
          found = true;
        }
      }
      if (!found) {
        throw new IllegalArgumentException(record.getClass() + " has no " + component);
      }
      return (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return a view with this component of the pod changed} */
  static <V> UnaryOperator<PodView> pod(String component, UnaryOperator<V> change) {
    return pod -> with(pod, component, change);
  }

  /** {@return a view with the pod's own security context changed, where it has one} */
  static UnaryOperator<PodView> podContext(UnaryOperator<SecurityContext> change) {
    return pod -> pod.givenContext() == null ? pod : with(pod, "givenContext", change);
  }

  /** {@return a view with this component of the pod's own security context changed} */
  static <V> UnaryOperator<PodView> podContext(String component, UnaryOperator<V> change) {
    return podContext(context -> with(context, component, change));
  }

  /** {@return a view with every container changed} */
  static UnaryOperator<PodView> containers(UnaryOperator<ContainerView> change) {
    return pod("containers", (List<ContainerView> all) -> all.stream().map(change).toList());
  }

  /** {@return a view with this component of every container's security context changed} */
  static <V> UnaryOperator<PodView> context(String component, UnaryOperator<V> change) {
    return containers(container ->
        container.givenContext() == null
            ? container
            : with(
                container,
                "givenContext",
                (SecurityContext context) -> with(context, component, change)));
  }

  /** {@return a view without containers of this kind} */
  static UnaryOperator<PodView> without(ContainerView.Kind kind) {
    return pod(
        "containers",
        (List<ContainerView> all) ->
            all.stream().filter(container -> container.kind() != kind).toList());
  }

  /** {@return a view in which volumes have these bits and no others} */
  static UnaryOperator<PodView> volumes(UnaryOperator<Long> change) {
    return pod(
        "volumes",
        (List<VolumeView> all) ->
            all.stream().map(v -> new VolumeView(v.name(), change.apply(v.sources()))).toList());
  }

  /** {@return a view with the annotations of this prefix changed; null takes one away} */
  static UnaryOperator<PodView> annotations(String prefix, UnaryOperator<String> change) {
    return pod(
        "annotations",
        (Map<String, String> all) -> {
          Map<String, String> changed = new LinkedHashMap<>();
          all.forEach((key, value) -> {
            String now = key.startsWith(prefix) ? change.apply(value) : value;
            if (now != null) {
              changed.put(key, now);
            }
          });
          return changed;
        });
  }

  /** {@return the list turned round} */
  static <T> List<T> reversed(List<T> list) {
    return new ArrayList<>(list).reversed();
  }

  /** {@return a change of one value into another} */
  static <T> UnaryOperator<T> swap(T from, T to) {
    return value -> from.equals(value) ? to : value;
  }

  /** {@return a change of one item into another, wherever it stands in the list} */
  static UnaryOperator<List<String>> item(String from, String to) {
    return list -> list.stream().map(swap(from, to)).toList();
  }
}
