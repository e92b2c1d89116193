package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.Tree;
import dev.portcullis.testing.RecordBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pod decoder as one would write it who has all the time in the world: a schema, and Go's rules
 * for each kind of type.
 */
final class ObviousDecoder {
  /** A wrong type. */
  static final class WrongType extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private sealed interface Type {}

  private record Struct(Map<String, Type> fields) implements Type {}

  private record Pointer(Type to) implements Type {}

  private record Slice(Type of) implements Type {}

  private record Texts() implements Type {}

  private record Text() implements Type {}

  private record Flag() implements Type {}

  private record Int(long min, long max) implements Type {}

  /** A slice as Go has it: what is behind its length is still there. */
  private static final class Elements {
    final List<@Nullable Object> backing = new ArrayList<>();
    int length;

    List<@Nullable Object> seen() {
      return backing.subList(0, length);
    }
  }

  private static final Type POD = pod();

  private ObviousDecoder() {}

  static PodView decode(Tree document) throws WrongType {
    return view(map(over(POD, zero(POD), document)));
  }

  private static @Nullable Object over(Type type, @Nullable Object before, Tree tree)
      throws WrongType {
    return switch (type) {
      case Pointer pointer ->
          tree instanceof Tree.Null
              ? null
              : over(pointer.to(), before == null ? zero(pointer.to()) : before, tree);
      case Slice slice -> tree instanceof Tree.Null ? null : list(slice, before, tree);
      case Texts texts -> tree instanceof Tree.Null ? null : texts(before, tree);
      case Struct struct -> tree instanceof Tree.Null ? before : struct(struct, map(before), tree);
      case Text text -> tree instanceof Tree.Null ? before : text(tree);
      case Flag flag -> tree instanceof Tree.Null ? before : flag(tree);
      case Int integer -> tree instanceof Tree.Null ? before : integer(integer, tree);
    };
  }

  private static Object struct(Struct type, Map<String, @Nullable Object> value, Tree tree)
      throws WrongType {
    if (!(tree instanceof Tree.Obj object)) {
      throw new WrongType();
    }
    for (Tree.Member member : object.members()) {
      Type field = type.fields().get(member.name());
      if (field != null) {
        value.put(member.name(), over(field, value.get(member.name()), member.value()));
      }
    }
    return value;
  }

  private static Object list(Slice type, @Nullable Object before, Tree tree) throws WrongType {
    if (!(tree instanceof Tree.Arr array)) {
      throw new WrongType();
    }
    Elements elements = before == null ? new Elements() : (Elements) before;
    elements.length = 0;
    for (Tree element : array.elements()) {
      if (elements.backing.size() == elements.length) {
        elements.backing.add(zero(type.of()));
      }
      Object old = elements.backing.get(elements.length);
      elements.backing.set(elements.length, over(type.of(), old, element));
      elements.length++;
    }
    return elements.length == 0 ? new Elements() : elements;
  }

  private static Object texts(@Nullable Object before, Tree tree) throws WrongType {
    if (!(tree instanceof Tree.Obj object)) {
      throw new WrongType();
    }
    Map<String, @Nullable Object> texts = before == null ? new LinkedHashMap<>() : map(before);
    for (Tree.Member member : object.members()) {
      texts.put(member.name(), over(new Text(), "", member.value()));
    }
    return texts;
  }

  private static Object text(Tree tree) throws WrongType {
    if (tree instanceof Tree.Str string) {
      return string.text();
    }
    throw new WrongType();
  }

  private static Object flag(Tree tree) throws WrongType {
    if (tree instanceof Tree.Bool flag) {
      return flag.value();
    }
    throw new WrongType();
  }

  private static Object integer(Int type, Tree tree) throws WrongType {
    try {
      if (tree instanceof Tree.Num number) {
        long value = Long.parseLong(number.text());
        if (value >= type.min() && value <= type.max()) {
          return value;
        }
      }
    } catch (NumberFormatException fraction) {
      throw new WrongType();
    }
    throw new WrongType();
  }

  private static @Nullable Object zero(Type type) {
    return switch (type) {
      case Pointer pointer -> null;
      case Slice slice -> null;
      case Texts texts -> null;
      case Text text -> "";
      case Flag flag -> false;
      case Int integer -> 0L;
      case Struct struct -> {
        var zero = new LinkedHashMap<String, @Nullable Object>();
        struct.fields().forEach((name, field) -> zero.put(name, zero(field)));
        yield zero;
      }
    };
  }

  private static Type pod() {
    Type text = new Text();
    Type flag = new Flag();
    Type maybeFlag = new Pointer(flag);
    Type maybeText = new Pointer(text);
    Type profile = new Pointer(struct("type", text));
    Type host = new Pointer(struct("host", text));
    Type handler = new Pointer(struct("httpGet", host, "tcpSocket", host));
    Type texts = new Slice(text);
    Map<String, Type> both =
        fields(
            "runAsNonRoot",
            maybeFlag,
            "runAsUser",
            new Pointer(new Int(Long.MIN_VALUE, Long.MAX_VALUE)),
            "seLinuxOptions",
            new Pointer(struct("type", text, "user", text, "role", text)),
            "seccompProfile",
            profile,
            "appArmorProfile",
            profile,
            "windowsOptions",
            new Pointer(struct("hostProcess", maybeFlag)));
    var podContext = new LinkedHashMap<>(both);
    podContext.put("sysctls", new Slice(struct("name", text)));
    var containerContext = new LinkedHashMap<>(both);
    containerContext.put("privileged", maybeFlag);
    containerContext.put("allowPrivilegeEscalation", maybeFlag);
    containerContext.put("procMount", maybeText);
    containerContext.put("capabilities", new Pointer(struct("add", texts, "drop", texts)));
    Type container =
        struct(
            "name", text,
            "image", text,
            "securityContext", new Pointer(new Struct(containerContext)),
            "ports", new Slice(struct("hostPort", new Int(Integer.MIN_VALUE, Integer.MAX_VALUE))),
            "livenessProbe", handler,
            "readinessProbe", handler,
            "startupProbe", handler,
            "lifecycle", new Pointer(struct("postStart", handler, "preStop", handler)));
    Map<String, Type> volume = fields("name", text);
    for (VolumeSource source : VolumeSource.values()) {
      volume.put(source.field(), new Pointer(struct()));
    }
    Type spec =
        struct(
            "hostNetwork", flag,
            "hostPID", flag,
            "hostIPC", flag,
            "hostUsers", maybeFlag,
            "os", new Pointer(struct("name", text)),
            "runtimeClassName", maybeText,
            "securityContext", new Pointer(new Struct(podContext)),
            "volumes", new Slice(new Struct(volume)),
            "initContainers", new Slice(container),
            "containers", new Slice(container),
            "ephemeralContainers", new Slice(container));
    Type metadata =
        struct(
            "name",
            text,
            "namespace",
            text,
            "annotations",
            new Texts(),
            "ownerReferences",
            new Slice(struct("controller", maybeFlag, "uid", text)));
    return struct("apiVersion", text, "kind", text, "metadata", metadata, "spec", spec);
  }

  private static Type struct(Object... namesAndTypes) {
    return new Struct(fields(namesAndTypes));
  }

  private static Map<String, Type> fields(Object... namesAndTypes) {
    var fields = new LinkedHashMap<String, Type>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      fields.put((String) namesAndTypes[i], (Type) namesAndTypes[i + 1]);
    }
    return fields;
  }

  private static PodView view(Map<String, @Nullable Object> pod) {
    var metadata = map(pod.get("metadata"));
    var spec = map(pod.get("spec"));
    var annotations = new HashMap<String, String>();
    if (metadata.get("annotations") != null) {
      map(metadata.get("annotations"))
          .forEach((key, value) -> {
            if (key.startsWith(PodView.APPARMOR_ANNOTATION)
                || key.startsWith(PodView.SECCOMP_CONTAINER_ANNOTATION)
                || key.equals(PodView.SECCOMP_POD_ANNOTATION)) {
              annotations.put(key, (String) value);
            }
          });
    }
    String controller = null;
    for (Object owner : seen(metadata.get("ownerReferences"))) {
      if (controller == null && Boolean.TRUE.equals(map(owner).get("controller"))) {
        controller = (String) map(owner).get("uid");
      }
    }
    var containers = new ArrayList<ContainerView>();
    for (ContainerView.Kind kind : ContainerView.Kind.values()) {
      for (Object container : seen(spec.get(kind.field()))) {
        int index = Math.toIntExact(containers.stream().filter(c -> c.kind() == kind).count());
        containers.add(container(kind, index, map(container)));
      }
    }
    return RecordBuilder.of(PodView.class)
        .with("apiVersion", (String) pod.get("apiVersion"))
        .with("kind", (String) pod.get("kind"))
        .with("name", (String) metadata.get("name"))
        .with("namespace", (String) metadata.get("namespace"))
        .with("annotations", annotations)
        .with("controllerUid", controller)
        .with("hostNetwork", (Boolean) spec.get("hostNetwork"))
        .with("hostPid", (Boolean) spec.get("hostPID"))
        .with("hostIpc", (Boolean) spec.get("hostIPC"))
        .with("hostUsers", (Boolean) spec.get("hostUsers"))
        .with("osName", inside(spec.get("os"), os -> (String) os.get("name")))
        .with("runtimeClassName", (String) spec.get("runtimeClassName"))
        .with("givenContext", inside(spec.get("securityContext"), ObviousDecoder::context))
        .with("volumes", seen(spec.get("volumes")).stream().map(v -> volume(map(v))).toList())
        .with("containers", containers)
        .build();
  }

  private static VolumeView volume(Map<String, @Nullable Object> volume) {
    long sources = 0;
    for (VolumeSource source : VolumeSource.values()) {
      sources |= volume.get(source.field()) == null ? 0 : source.bit();
    }
    return new VolumeView((String) volume.get("name"), sources);
  }

  private static ContainerView container(
      ContainerView.Kind kind, int index, Map<String, @Nullable Object> container) {
    var ports = new ArrayList<ContainerView.HostPort>();
    int at = 0;
    for (Object port : seen(container.get("ports"))) {
      long number = (Long) map(port).get("hostPort");
      if (number != 0) {
        ports.add(new ContainerView.HostPort(at, (int) number));
      }
      at++;
    }
    var hosts = new ArrayList<ContainerView.HandlerHost>();
    for (String path :
        List.of(
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
            "lifecycle.postStart",
            "lifecycle.preStop")) {
      for (String action : List.of("httpGet", "tcpSocket")) {
        Object found = container;
        for (String step : (path + "." + action + ".host").split("\\.", -1)) {
          found = found == null ? null : map(found).get(step);
        }
        if (found != null && !found.equals("")) {
          String full = path + "." + action + ".host";
          hosts.add(new ContainerView.HandlerHost(full, (String) found));
        }
      }
    }
    return RecordBuilder.of(ContainerView.class)
        .with("kind", kind)
        .with("index", index)
        .with("name", (String) container.get("name"))
        .with("image", (String) container.get("image"))
        .with("givenContext", inside(container.get("securityContext"), ObviousDecoder::context))
        .with("hostPorts", ports)
        .with("handlerHosts", hosts)
        .build();
  }

  private static SecurityContext context(Map<String, @Nullable Object> context) {
    return RecordBuilder.of(SecurityContext.class)
        .with("privileged", (Boolean) context.get("privileged"))
        .with("allowPrivilegeEscalation", (Boolean) context.get("allowPrivilegeEscalation"))
        .with("procMount", (String) context.get("procMount"))
        .with(
            "capabilities",
            inside(
                context.get("capabilities"),
                c -> new Capabilities(texts(c.get("add")), texts(c.get("drop")))))
        .with("runAsNonRoot", (Boolean) context.get("runAsNonRoot"))
        .with("runAsUser", (Long) context.get("runAsUser"))
        .with(
            "seLinuxOptions",
            inside(
                context.get("seLinuxOptions"),
                o ->
                    new SeLinuxOptions(
                        (String) o.get("type"), (String) o.get("user"), (String) o.get("role"))))
        .with("seccompType", inside(context.get("seccompProfile"), p -> (String) p.get("type")))
        .with("appArmorType", inside(context.get("appArmorProfile"), p -> (String) p.get("type")))
        .with(
            "hostProcess",
            inside(context.get("windowsOptions"), w -> (Boolean) w.get("hostProcess")))
        .with(
            "sysctls",
            seen(context.get("sysctls")).stream().map(s -> (String) map(s).get("name")).toList())
        .build();
  }

  private static List<String> texts(@Nullable Object elements) {
    return seen(elements).stream().map(String.class::cast).toList();
  }

  private static List<@Nullable Object> seen(@Nullable Object elements) {
    return elements == null ? List.of() : ((Elements) elements).seen();
  }

  private static <T> @Nullable T inside(
      @Nullable Object value, Function<Map<String, @Nullable Object>, @Nullable T> read) {
    return value == null ? null : read.apply(map(value));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> map(@Nullable Object value) {
    return (Map<String, @Nullable Object>) value;
  }
}
