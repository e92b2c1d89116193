package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import java.util.List;

/** Containers of all three kinds: they have the same fields here. */
final class ContainerMaker {
  private static final List<String> HOSTS =
      List.of("example.com", "127.0.0.1", "a.com", "b.com", "::1", "\uD83D\uDE00", "\uFF5E", " ");

  private final Mood mood;
  private final ContextMaker contexts;

  ContainerMaker(Mood mood) {
    this.mood = mood;
    this.contexts = new ContextMaker(mood);
  }

  Arr containers(int count, boolean windows) {
    var containers = new Arr();
    for (int i = 0; i < count; i++) {
      boolean nothing = mood.odd() > 0 && mood.chance(0.005);
      containers.add(nothing ? Json.NULL : container(windows));
    }
    return containers;
  }

  Obj container(boolean windows) {
    var container = new Obj();
    mood.put(container, "name", 0.98, Json.text(Words.name(mood)));
    mood.put(container, "image", 0.95, Json.text(mood.dice().pick("i:1", "i:2", "")));
    mood.put(container, "securityContext", 1, contexts.ofContainer(windows));
    if (mood.chance(0.15 + mood.odd())) {
      mood.put(container, "ports", 0.98, ports());
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (mood.chance(0.04 + mood.odd() / 3)) {
        mood.put(container, probe, 0.98, handler());
      }
    }
    if (mood.chance(0.04 + mood.odd() / 3)) {
      var lifecycle = new Obj();
      mood.put(lifecycle, "postStart", 0.6, handler());
      mood.put(lifecycle, "preStop", 0.6, handler());
      mood.put(container, "lifecycle", 0.98, lifecycle);
    }
    if (mood.chance(0.1)) {
      unread(container);
    }
    return container;
  }

  private Arr ports() {
    var ports = new Arr();
    int count = mood.dice().pick(0, 1, 1, 2, 3);
    for (int i = 0; i < count; i++) {
      var port = new Obj();
      mood.put(port, "containerPort", 0.8, Json.number(80));
      if (mood.chance(3 * mood.odd())) {
        port.put("hostPort", Json.number(mood.dice().pick(80, 9, 8080, -1, 443, 80)));
      } else {
        mood.put(port, "hostPort", 0.2, Json.number(0));
      }
      mood.put(port, "hostIP", 0.1, Json.text("127.0.0.1"));
      ports.add(mood.odd() > 0 && mood.chance(0.01) ? Json.NULL : port);
    }
    return ports;
  }

  private Obj handler() {
    var handler = new Obj();
    boolean odd = mood.chance(3 * mood.odd());
    if (mood.chance(0.6)) {
      var get = new Obj().put("port", mood.chance(0.7) ? Json.number(80) : Json.text("http"));
      host(get, odd);
      if (mood.chance(0.1)) {
        var header = new Obj().put("name", Json.text("Host")).put("value", Json.text("h"));
        get.put("httpHeaders", Arr.of(header));
      }
      mood.put(handler, "httpGet", 0.98, get);
    }
    if (mood.chance(0.4)) {
      var socket = new Obj().put("port", Json.number(80));
      host(socket, odd);
      mood.put(handler, "tcpSocket", 0.98, socket);
    }
    mood.put(handler, "exec", 0.1, new Obj().put("command", Arr.of(Json.text("true"))));
    return handler;
  }

  private void host(Obj action, boolean odd) {
    if (odd) {
      mood.put(action, "host", 0.9, Json.text(mood.dice().pick(HOSTS)));
    } else {
      mood.put(action, "host", 0.2, Json.text(""));
    }
  }

  private void unread(Obj container) {
    switch (mood.dice().below(4)) {
      case 0 -> container.put("privileged", Json.TRUE);
      case 1 ->
          container.put(
              "env",
              Arr.of(new Obj().put("name", Json.text("n")).put("value", Json.text("}{\"\\"))));
      case 2 ->
          container.put(
              "resources", new Obj().put("limits", new Obj().put("cpu", Json.text("100m"))));
      default -> container.put("newField", Arr.of(new Obj().put("hostPort", Json.number(1))));
    }
  }
}
