package dev.portcullis.admission.wire;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The {@code apiVersion} and {@code kind} of an object. To find out what the object is, the
 * reference takes these two members, and no others, in any case, by Unicode's simple folding; of
 * several the last that is not null counts.
 *
 * @param apiVersion as the object's decoder is chosen by, empty when absent
 * @param kind likewise
 * @param plainApiVersion what stands under exactly this name, as the decoded object says it
 * @param plainKind likewise
 */
public record TypeMeta(String apiVersion, String kind, String plainApiVersion, String plainKind) {
  private static final String NO_OBJECT =
      " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
          + "Kind string \"json:\\\"kind,omitempty\\\"\" }";

  /** Longer objects are cut where an error quotes them. */
  private static final int QUOTED = 4096;

  /** {@return what this object says of itself}; the whole of it is checked for syntax. */
  public static TypeMeta read(JsonSlice object, JsonLimits limits) throws DecodeException {
    try {
      return read(new JsonCursor(object, limits));
    } catch (JsonException e) {
      throw unreadable(e.getMessage());
    }
  }

  private static TypeMeta read(JsonCursor in) throws JsonException, DecodeException {
    if (in.readNull()) {
      in.end();
      return new TypeMeta("", "", "", "");
    }
    if (!in.atObject()) {
      String found = JsonType.pass(in);
      in.end();
      throw unreadable("json: cannot unmarshal " + found + NO_OBJECT);
    }
    var reading = new Reading();
    in.beginObject();
    String name;
    while ((name = in.nextName()) != null) {
      reading.member(name, in);
    }
    in.end();
    if (reading.fault != null) {
      throw unreadable(reading.fault);
    }
    return new TypeMeta(
        reading.apiVersion, reading.kind, reading.plainApiVersion, reading.plainKind);
  }

  private static final class Reading {
    String apiVersion = "";
    String kind = "";
    String plainApiVersion = "";
    String plainKind = "";
    @Nullable String fault;

    void member(String name, JsonCursor in) throws JsonException {
      if (folds(name, "kind")) {
        kind = value(in, "kind", kind);
        plainKind = name.equals("kind") ? kind : plainKind;
      } else if (folds(name, "apiVersion")) {
        apiVersion = value(in, "apiVersion", apiVersion);
        plainApiVersion = name.equals("apiVersion") ? apiVersion : plainApiVersion;
      } else {
        in.skipValue();
      }
    }

    private String value(JsonCursor in, String field, String before) throws JsonException {
      if (in.readNull()) {
        return before;
      }
      if (in.atString()) {
        return in.readString();
      }
      String found = JsonType.pass(in);
      if (fault == null) {
        fault =
            "json: cannot unmarshal "
                + found
                + " into Go struct field ."
                + field
                + " of type string";
      }
      return before;
    }
  }

  /** {@return whether the name is {@code wanted} but for the case of its letters} */
  public static boolean folds(String name, String wanted) {
    if (name.length() != wanted.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (fold(name.charAt(i)) != fold(wanted.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static char fold(char c) {
    return switch (c) {
      case '\u212A' -> 'k';
      case '\u017F' -> 's';
      default -> c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    };
  }

  /**
   * {@return the kind that the object is of, what it does not say taken from {@code fallback}}
   *
   * @param known which kinds there are
   * @param scheme what errors call the set of known kinds
   * @param source the object as it was given, for errors that quote it
   */
  public ObjectKind resolve(
      ObjectKind fallback, Predicate<ObjectKind> known, String scheme, JsonSlice source)
      throws DecodeException {
    ObjectKind own = parse(apiVersion, kind);
    String group = own.group();
    String version = own.version();
    if (version.isEmpty() && (group.isEmpty() || group.equals(fallback.group()))) {
      group = fallback.group();
      version = fallback.version();
    }
    String named = kind.isEmpty() ? fallback.kind() : kind;
    if (named.isEmpty()) {
      throw new DecodeException("Object 'Kind' is missing in '" + quoted(source) + "'");
    }
    if (version.isEmpty()) {
      throw new DecodeException("Object 'apiVersion' is missing in '" + quoted(source) + "'");
    }
    var resolved = new ObjectKind(group, version, named);
    if (!known.test(resolved)) {
      throw new DecodeException(KnownKinds.unknown(resolved, scheme));
    }
    return resolved;
  }

  /** {@return what the decoded object says that it is}, nothing filled in */
  public ObjectKind plain() {
    try {
      return parse(plainApiVersion, plainKind);
    } catch (DecodeException noVersion) {
      return new ObjectKind("", "", plainKind);
    }
  }

  private static ObjectKind parse(String apiVersion, String kind) throws DecodeException {
    if (apiVersion.isEmpty() || apiVersion.equals("/")) {
      return new ObjectKind("", "", kind);
    }
    int slash = apiVersion.indexOf('/');
    if (slash != apiVersion.lastIndexOf('/')) {
      throw new DecodeException("unexpected GroupVersion string: " + apiVersion);
    }
    return slash < 0
        ? new ObjectKind("", apiVersion, kind)
        : new ObjectKind(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
  }

  private static String quoted(JsonSlice source) {
    int length = Math.min(source.length(), QUOTED);
    String text = new String(source.bytes(), source.offset(), length, StandardCharsets.UTF_8);
    return length < source.length() ? text + "..." : text;
  }

  private static DecodeException unreadable(@Nullable String problem) {
    return new DecodeException("couldn't get version/kind; json parse error: " + problem);
  }
}
