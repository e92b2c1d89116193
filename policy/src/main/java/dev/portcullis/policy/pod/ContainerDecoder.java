package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.pod.ContainerView.HandlerHost;
import dev.portcullis.policy.pod.ContainerView.HostPort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one container of a pod. */
final class ContainerDecoder {
  private static final JsonNames CONTAINER =
      JsonNames.of(
          "name",
          "image",
          "securityContext",
          "ports",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle");
  private static final JsonNames PORT = JsonNames.of("hostPort");
  private static final JsonNames LIFECYCLE = JsonNames.of("postStart", "preStop");
  private static final JsonNames HANDLER = JsonNames.of("httpGet", "tcpSocket");
  private static final JsonNames ACTION = JsonNames.of("host");

  /**
   * The handlers that may name a host, each with two actions; the order is that of the fields
   * above.
   */
  private static final String[] HANDLERS = {
    "livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"
  };

  private final JsonCursor in;
  private final SecurityContextDecoder security;

  /** Hosts by handler and action, so that a member that stands twice replaces or keeps its host. */
  private @Nullable String @Nullable [] hosts;

  ContainerDecoder(JsonCursor in, SecurityContextDecoder security) {
    this.in = in;
    this.security = security;
  }

  ContainerView read(ContainerView.Kind kind, int index) throws JsonException {
    String name = "";
    String image = "";
    SecurityContext context = null;
    List<HostPort> ports = List.of();
    hosts = null;
    if (!in.readNull()) {
      in.beginObject();
      int field;
      while ((field = in.nextName(CONTAINER)) != JsonCursor.END) {
        switch (field) {
          case 0 -> name = in.readNull() ? name : in.readString();
          case 1 -> image = in.readNull() ? image : in.readString();
          case 2 -> context = in.readNull() ? null : security.container(context);
          case 3 -> ports = ports();
          case 4, 5, 6 -> handler(field - 4);
          case 7 -> lifecycle();
          default -> in.skipValue();
        }
      }
    }
    return new ContainerView(kind, index, name, image, context, ports, handlerHosts());
  }

  private List<HostPort> ports() throws JsonException {
    if (in.readNull()) {
      return List.of();
    }
    List<HostPort> hostPorts = List.of();
    int index = 0;
    in.beginArray();
    while (in.nextElement()) {
      in.countElement();
      int port = in.readNull() ? 0 : hostPort();
      if (port != 0) {
        hostPorts = hostPorts.isEmpty() ? new ArrayList<>(1) : hostPorts;
        hostPorts.add(new HostPort(index, port));
      }
      index++;
    }
    return hostPorts;
  }

  private int hostPort() throws JsonException {
    int port = 0;
    in.beginObject();
    int field;
    while ((field = in.nextName(PORT)) != JsonCursor.END) {
      if (field != 0) {
        in.skipValue();
      } else if (!in.readNull()) {
        port = in.readInt();
      }
    }
    return port;
  }

  private void lifecycle() throws JsonException {
    if (in.readNull()) {
      forget(3);
      forget(4);
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(LIFECYCLE)) != JsonCursor.END) {
      if (field >= 0) {
        handler(3 + field);
      } else {
        in.skipValue();
      }
    }
  }

  private void handler(int handler) throws JsonException {
    if (in.readNull()) {
      forget(handler);
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(HANDLER)) != JsonCursor.END) {
      if (field >= 0) {
        action(handler * 2 + field);
      } else {
        in.skipValue();
      }
    }
  }

  private void action(int slot) throws JsonException {
    if (in.readNull()) {
      if (hosts != null) {
        hosts[slot] = null;
      }
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(ACTION)) != JsonCursor.END) {
      if (field != 0) {
        in.skipValue();
      } else if (!in.readNull()) {
        var all = hosts == null ? new @Nullable String[HANDLERS.length * 2] : hosts;
        all[slot] = in.readString();
        hosts = all;
      }
    }
  }

  private void forget(int handler) {
    if (hosts != null) {
      hosts[handler * 2] = null;
      hosts[handler * 2 + 1] = null;
    }
  }

  private List<HandlerHost> handlerHosts() {
    var all = hosts;
    if (all == null) {
      return List.of();
    }
    var named = new ArrayList<HandlerHost>(1);
    for (int slot = 0; slot < all.length; slot++) {
      String host = all[slot];
      if (host != null && !host.isEmpty()) {
        named.add(
            new HandlerHost(HANDLERS[slot / 2] + "." + HANDLER.name(slot % 2) + ".host", host));
      }
    }
    return named;
  }
}
