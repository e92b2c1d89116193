package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.pod.ContainerView.HandlerHost;
import dev.portcullis.policy.pod.ContainerView.HostPort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container of a pod while it is read. */
final class ContainerDraft {
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

  // Their numbers.
  private static final int NAME = 0;
  private static final int IMAGE = 1;
  private static final int SECURITY_CONTEXT = 2;
  private static final int PORTS = 3;
  private static final int LIVENESS_PROBE = 4;
  private static final int READINESS_PROBE = 5;
  private static final int STARTUP_PROBE = 6;
  private static final int LIFECYCLE = 7;

  private static final JsonNames PORT = JsonNames.of("hostPort");
  private static final JsonNames LIFECYCLE_FIELDS = JsonNames.of("postStart", "preStop");
  private static final JsonNames HANDLER = JsonNames.of("httpGet", "tcpSocket");
  private static final JsonNames ACTION = JsonNames.of("host");

  /** The handlers that may name a host, each with two actions; in the order of the fields above. */
  private static final String[] HANDLERS = {
    "livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"
  };

  private String name = "";
  private String image = "";
  private @Nullable SecurityContextDraft context;
  private @Nullable Elements<Integer> ports;

  /** Hosts by handler and action. */
  private @Nullable String @Nullable [] hosts;

  /** Reads the container that stands here over {@code before}; see {@link Elements.Reader}. */
  static ContainerDraft over(JsonCursor in, @Nullable ContainerDraft before) throws JsonException {
    var draft = before == null ? new ContainerDraft() : before;
    if (!in.readNull()) {
      draft.read(in);
    }
    return draft;
  }

  ContainerView view(ContainerView.Kind kind, int index) {
    return new ContainerView(
        kind,
        index,
        name,
        image,
        context == null ? null : context.view(),
        hostPorts(),
        handlerHosts());
  }

  private void read(JsonCursor in) throws JsonException {
    in.beginObject();
    int field;
    while ((field = in.nextName(CONTAINER)) != JsonCursor.END) {
      switch (field) {
        case NAME -> name = in.readNull() ? name : in.readString();
        case IMAGE -> image = in.readNull() ? image : in.readString();
        case SECURITY_CONTEXT -> context = in.readNull() ? null : context(in, context);
        case PORTS -> ports(in);
        case LIVENESS_PROBE, READINESS_PROBE, STARTUP_PROBE -> handler(in, field - LIVENESS_PROBE);
        case LIFECYCLE -> lifecycle(in);
        default -> in.skipValue();
      }
    }
  }

  private static SecurityContextDraft context(JsonCursor in, @Nullable SecurityContextDraft before)
      throws JsonException {
    var draft = before == null ? SecurityContextDraft.ofContainer() : before;
    draft.read(in);
    return draft;
  }

  private void ports(JsonCursor in) throws JsonException {
    var all = ports == null ? new Elements<Integer>() : ports;
    all.read(in, ContainerDraft::hostPort);
    ports = all;
  }

  private static Integer hostPort(JsonCursor in, @Nullable Integer before) throws JsonException {
    int port = before == null ? 0 : before;
    if (in.readNull()) {
      return port;
    }
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

  private void lifecycle(JsonCursor in) throws JsonException {
    if (in.readNull()) {
      forget(3);
      forget(4);
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(LIFECYCLE_FIELDS)) != JsonCursor.END) {
      if (field >= 0) {
        handler(in, 3 + field);
      } else {
        in.skipValue();
      }
    }
  }

  private void handler(JsonCursor in, int handler) throws JsonException {
    if (in.readNull()) {
      forget(handler);
      return;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(HANDLER)) != JsonCursor.END) {
      if (field >= 0) {
        action(in, handler * 2 + field);
      } else {
        in.skipValue();
      }
    }
  }

  private void action(JsonCursor in, int slot) throws JsonException {
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

  private List<HostPort> hostPorts() {
    var all = ports;
    if (all == null) {
      return List.of();
    }
    List<HostPort> open = List.of();
    for (int i = 0; i < all.size(); i++) {
      int port = all.get(i);
      if (port != 0) {
        open = open.isEmpty() ? new ArrayList<>(1) : open;
        open.add(new HostPort(i, port));
      }
    }
    return open;
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
        String action = HANDLERS[slot / 2] + "." + HANDLER.name(slot % 2);
        named.add(new HandlerHost(action + ".host", host));
      }
    }
    return named;
  }
}
