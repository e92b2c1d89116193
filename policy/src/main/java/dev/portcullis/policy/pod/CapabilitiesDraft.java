package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The capabilities of a container while they are read. */
final class CapabilitiesDraft {
  private static final JsonNames CAPABILITIES = JsonNames.of("add", "drop");
  private static final JsonNames COMMON = JsonNames.of("ALL", "NET_BIND_SERVICE");
  private static final Capabilities DROP_ALL = new Capabilities(List.of(), List.of("ALL"));

  private final Elements<String> add = new Elements<>();
  private final Elements<String> drop = new Elements<>();

  void read(JsonCursor in) throws JsonException {
    in.beginObject();
    int field;
    while ((field = in.nextName(CAPABILITIES)) != JsonCursor.END) {
      switch (field) {
        case 0 -> add.read(in, CapabilitiesDraft::capability);
        case 1 -> drop.read(in, CapabilitiesDraft::capability);
        default -> in.skipValue();
      }
    }
  }

  Capabilities view() {
    if (add.size() == 0 && drop.size() == 1 && drop.get(0).equals("ALL")) {
      return DROP_ALL;
    }
    return new Capabilities(add.view(), drop.view());
  }

  private static String capability(JsonCursor in, @Nullable String before) throws JsonException {
    if (in.readNull()) {
      return before == null ? "" : before;
    }
    return in.readString(COMMON);
  }
}
