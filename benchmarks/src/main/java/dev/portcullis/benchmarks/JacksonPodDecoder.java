package dev.portcullis.benchmarks;

import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.Capabilities;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.pod.SeLinuxOptions;
import dev.portcullis.policy.pod.SecurityContext;
import dev.portcullis.policy.pod.VolumeSource;
import dev.portcullis.policy.pod.VolumeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The pod decoder as it would be on Jackson's streaming parser: what the hand-written one is
 * measured against. It reads well-formed pods only: no repeated keys, no paths in errors.
 */
final class JacksonPodDecoder {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Map<String, VolumeSource> SOURCES = sources();

  private final JsonParser in;
  private String apiVersion = "";
  private String kind = "";
  private String name = "";
  private String namespace = "";
  private final Map<String, String> annotations = new HashMap<>();
  private @Nullable String controllerUid;
  private boolean hostNetwork;
  private boolean hostPid;
  private boolean hostIpc;
  private @Nullable Boolean hostUsers;
  private @Nullable String osName;
  private @Nullable String runtimeClassName;
  private @Nullable SecurityContext context;
  private final List<VolumeView> volumes = new ArrayList<>();
  private final List<ContainerView> init = new ArrayList<>();
  private final List<ContainerView> regular = new ArrayList<>();
  private final List<ContainerView> ephemeral = new ArrayList<>();

  private JacksonPodDecoder(JsonParser in) {
    this.in = in;
  }

  static PodView decode(JsonSlice slice) {
    try (JsonParser parser =
        FACTORY.createParser(
            ObjectReadContext.empty(), slice.bytes(), slice.offset(), slice.length())) {
      return new JacksonPodDecoder(parser).pod();
    }
  }

  private PodView pod() {
    in.nextToken();
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      switch (field) {
        case "kind" -> kind = in.getString();
        case "apiVersion" -> apiVersion = in.getString();
        case "metadata" -> metadata();
        case "spec" -> spec();
        default -> in.skipChildren();
      }
    }
    var containers = new ArrayList<>(init);
    containers.addAll(regular);
    containers.addAll(ephemeral);
    return new PodView(
        apiVersion,
        kind,
        name,
        namespace,
        annotations,
        controllerUid,
        hostNetwork,
        hostPid,
        hostIpc,
        hostUsers,
        osName,
        runtimeClassName,
        context,
        volumes,
        containers);
  }

  private void metadata() {
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      switch (field) {
        case "name" -> name = in.getString();
        case "namespace" -> namespace = in.getString();
        case "annotations" -> annotations();
        case "ownerReferences" -> owners();
        default -> in.skipChildren();
      }
    }
  }

  private void annotations() {
    for (String key = in.nextName(); key != null; key = in.nextName()) {
      in.nextToken();
      if (key.startsWith(PodView.APPARMOR_ANNOTATION)
          || key.startsWith(PodView.SECCOMP_CONTAINER_ANNOTATION)
          || key.equals(PodView.SECCOMP_POD_ANNOTATION)) {
        annotations.put(key, in.getString());
      }
    }
  }

  private void owners() {
    while (in.nextToken() != JsonToken.END_ARRAY) {
      boolean controller = false;
      String uid = "";
      for (String field = in.nextName(); field != null; field = in.nextName()) {
        in.nextToken();
        switch (field) {
          case "controller" -> controller = in.getBooleanValue();
          case "uid" -> uid = in.getString();
          default -> in.skipChildren();
        }
      }
      controllerUid = controller && controllerUid == null ? uid : controllerUid;
    }
  }

  private void spec() {
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      switch (field) {
        case "hostNetwork" -> hostNetwork = in.getBooleanValue();
        case "hostPID" -> hostPid = in.getBooleanValue();
        case "hostIPC" -> hostIpc = in.getBooleanValue();
        case "hostUsers" -> hostUsers = in.getBooleanValue();
        case "os" -> osName = only("name");
        case "runtimeClassName" -> runtimeClassName = in.getString();
        case "securityContext" -> context = context();
        case "volumes" -> volumes();
        case "initContainers" -> containers(ContainerView.Kind.INIT, init);
        case "containers" -> containers(ContainerView.Kind.REGULAR, regular);
        case "ephemeralContainers" -> containers(ContainerView.Kind.EPHEMERAL, ephemeral);
        default -> in.skipChildren();
      }
    }
  }

  private void volumes() {
    while (in.nextToken() != JsonToken.END_ARRAY) {
      String volume = "";
      long sources = 0;
      for (String field = in.nextName(); field != null; field = in.nextName()) {
        in.nextToken();
        VolumeSource source = SOURCES.get(field);
        if (source != null) {
          sources |= source.bit();
        } else if (field.equals("name")) {
          volume = in.getString();
        }
        in.skipChildren();
      }
      volumes.add(new VolumeView(volume, sources));
    }
  }

  private void containers(ContainerView.Kind where, List<ContainerView> list) {
    while (in.nextToken() != JsonToken.END_ARRAY) {
      String container = "";
      String image = "";
      SecurityContext given = null;
      List<ContainerView.HostPort> ports = List.of();
      List<ContainerView.HandlerHost> hosts = new ArrayList<>(0);
      for (String field = in.nextName(); field != null; field = in.nextName()) {
        in.nextToken();
        switch (field) {
          case "name" -> container = in.getString();
          case "image" -> image = in.getString();
          case "securityContext" -> given = context();
          case "ports" -> ports = ports();
          case "livenessProbe", "readinessProbe", "startupProbe" -> handler(field, hosts);
          case "lifecycle" -> {
            for (String hook = in.nextName(); hook != null; hook = in.nextName()) {
              in.nextToken();
              handler("lifecycle." + hook, hosts);
            }
          }
          default -> in.skipChildren();
        }
      }
      list.add(new ContainerView(where, list.size(), container, image, given, ports, hosts));
    }
  }

  private List<ContainerView.HostPort> ports() {
    var open = new ArrayList<ContainerView.HostPort>(0);
    int index = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      for (String field = in.nextName(); field != null; field = in.nextName()) {
        in.nextToken();
        if (field.equals("hostPort") && in.getIntValue() != 0) {
          open.add(new ContainerView.HostPort(index, in.getIntValue()));
        }
        in.skipChildren();
      }
      index++;
    }
    return open;
  }

  private void handler(String path, List<ContainerView.HandlerHost> hosts) {
    for (String action = in.nextName(); action != null; action = in.nextName()) {
      in.nextToken();
      if (action.equals("httpGet") || action.equals("tcpSocket")) {
        String host = only("host");
        if (!host.isEmpty()) {
          hosts.add(new ContainerView.HandlerHost(path + "." + action + ".host", host));
        }
      } else {
        in.skipChildren();
      }
    }
  }

  private SecurityContext context() {
    Boolean privileged = null;
    Boolean escalation = null;
    String procMount = null;
    Capabilities capabilities = null;
    Boolean nonRoot = null;
    Long user = null;
    SeLinuxOptions seLinux = null;
    String seccomp = null;
    String appArmor = null;
    Boolean hostProcess = null;
    List<String> sysctls = new ArrayList<>(0);
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      switch (field) {
        case "privileged" -> privileged = in.getBooleanValue();
        case "allowPrivilegeEscalation" -> escalation = in.getBooleanValue();
        case "procMount" -> procMount = in.getString();
        case "capabilities" -> capabilities = capabilities();
        case "runAsNonRoot" -> nonRoot = in.getBooleanValue();
        case "runAsUser" -> user = in.getLongValue();
        case "seLinuxOptions" -> seLinux = seLinux();
        case "seccompProfile" -> seccomp = only("type");
        case "appArmorProfile" -> appArmor = only("type");
        case "windowsOptions" -> hostProcess = hostProcess();
        case "sysctls" -> {
          while (in.nextToken() != JsonToken.END_ARRAY) {
            sysctls.add(only("name"));
          }
        }
        default -> in.skipChildren();
      }
    }
    return new SecurityContext(
        privileged,
        escalation,
        procMount,
        capabilities,
        nonRoot,
        user,
        seLinux,
        seccomp,
        appArmor,
        hostProcess,
        sysctls);
  }

  private Capabilities capabilities() {
    var add = new ArrayList<String>(0);
    var drop = new ArrayList<String>(1);
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      switch (field) {
        case "add" -> strings(add);
        case "drop" -> strings(drop);
        default -> in.skipChildren();
      }
    }
    return new Capabilities(add, drop);
  }

  private void strings(List<String> into) {
    while (in.nextToken() != JsonToken.END_ARRAY) {
      into.add(in.getString());
    }
  }

  private SeLinuxOptions seLinux() {
    String type = "";
    String user = "";
    String role = "";
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      switch (field) {
        case "type" -> type = in.getString();
        case "user" -> user = in.getString();
        case "role" -> role = in.getString();
        default -> in.skipChildren();
      }
    }
    return new SeLinuxOptions(type, user, role);
  }

  private @Nullable Boolean hostProcess() {
    Boolean hostProcess = null;
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      if (field.equals("hostProcess")) {
        hostProcess = in.getBooleanValue();
      }
      in.skipChildren();
    }
    return hostProcess;
  }

  private String only(String wanted) {
    String value = "";
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      if (field.equals(wanted)) {
        value = in.getString();
      }
      in.skipChildren();
    }
    return value;
  }

  private static Map<String, VolumeSource> sources() {
    var sources = new HashMap<String, VolumeSource>();
    for (VolumeSource source : VolumeSource.values()) {
      sources.put(source.field(), source);
    }
    return sources;
  }
}
