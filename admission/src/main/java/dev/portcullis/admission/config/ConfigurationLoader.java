package dev.portcullis.admission.config;

import dev.portcullis.admission.config.ConfigurationException.Stage;
import dev.portcullis.admission.wire.DecodeException;
import dev.portcullis.admission.wire.ObjectKind;
import dev.portcullis.admission.wire.TypeMeta;
import dev.portcullis.policy.json.JsonSlice;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * Bytes to a configuration: JSON or YAML, a PodSecurityConfiguration of any of its three versions
 * or an AdmissionConfiguration that holds one or names the file of one. Strict: what it does not
 * know is a fault.
 */
public final class ConfigurationLoader {
  /** What errors call the set of known kinds: where the reference makes it. */
  private static final String SCHEME =
      "k8s.io/pod-security-admission/admission/api/scheme/scheme.go:31";

  private static final ObjectKind UNSTATED = new ObjectKind("", "", "");

  private ConfigurationLoader() {}

  /** Reads a file that an AdmissionConfiguration names. */
  @FunctionalInterface
  public interface FileReader {
    /**
     * {@return the bytes of the file at this path, which may be relative to the
     * AdmissionConfiguration's}
     */
    byte[] read(String path) throws IOException;
  }

  /**
   * {@return the configuration}; no bytes at all are {@link PodSecurityConfiguration#ALLOW_ALL}.
   */
  public static PodSecurityConfiguration load(byte[] content) throws ConfigurationException {
    return load(
        content,
        path -> {
          throw new IOException("open " + path + ": no file can be read here");
        });
  }

  /** {@return the configuration}, other files read through {@code files} */
  public static PodSecurityConfiguration load(byte[] content, FileReader files)
      throws ConfigurationException {
    ConfigurationFile file = read(content, files);
    Validation.complete(file);
    Validation.validate(file);
    return file.resolve();
  }

  /** {@return what the file says, defaults filled in but nothing judged} */
  static ConfigurationFile read(byte[] content, FileReader files) throws ConfigurationException {
    if (content.length == 0) {
      return ConfigurationFile.EMPTY;
    }
    try {
      var source = SourceJson.of(content);
      ObjectKind kind = kind(source, known -> Schema.of(known) != null || Wrapper.is(known));
      return Wrapper.is(kind) ? wrapped(source, files) : decode(source, kind);
    } catch (DecodeException e) {
      throw new ConfigurationException(Stage.LOAD, e.problem());
    }
  }

  private static ConfigurationFile wrapped(SourceJson source, FileReader files)
      throws DecodeException {
    Wrapper.Entry entry = Wrapper.podSecurity(source);
    byte[] content = entry.content(files);
    if (content.length == 0) {
      return ConfigurationFile.EMPTY;
    }
    var inner = SourceJson.of(content);
    return decode(inner, kind(inner, known -> Schema.of(known) != null));
  }

  private static ConfigurationFile decode(SourceJson source, ObjectKind kind)
      throws DecodeException {
    Schema schema = Schema.of(kind);
    if (schema == null) {
      throw new AssertionError(kind);
    }
    return ConfigurationDecoder.decode(source, schema);
  }

  private static ObjectKind kind(SourceJson source, Predicate<ObjectKind> known)
      throws DecodeException {
    return TypeMeta.read(source.json(), SourceJson.LIMITS)
        .resolve(UNSTATED, known, SCHEME, JsonSlice.of(source.original()));
  }
}
