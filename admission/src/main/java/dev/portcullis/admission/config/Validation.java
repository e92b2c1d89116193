package dev.portcullis.admission.config;

import dev.portcullis.admission.config.ConfigurationException.Stage;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges what a file says, in the reference's order and words. */
final class Validation {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");

  /** One label at a time, so that no text makes it look again and again. */
  private static final Pattern DNS_SUBDOMAIN_LABEL =
      Pattern.compile("[a-z0-9]|[a-z0-9][-a-z0-9]*+(?<=[a-z0-9])");

  private static final int MAX_LABEL = 63;
  private static final int MAX_SUBDOMAIN = 253;

  private static final String NO_LABEL =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '"
          + LABEL
          + "')";
  private static final String NO_SUBDOMAIN =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is '"
          + LABEL
          + "(\\."
          + LABEL
          + ")*')";

  /** The order in which the reference validates enforce, audit and warn. */
  private static final int[] ORDER = {0, 1, 4, 5, 2, 3};

  private Validation() {}

  /** Fails unless the defaults are a policy. */
  static void complete(ConfigurationFile file) throws ConfigurationException {
    var faults = new ArrayList<String>();
    for (int i = 0; i < ConfigurationFile.KEYS.size(); i++) {
      String value = file.levels().get(i);
      String fault = value.isEmpty() ? "required" : levelFault(i, value);
      if (fault != null) {
        faults.add(ConfigurationFile.KEYS.get(i) + ": " + fault);
      }
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(Stage.COMPLETE, aggregate(faults));
    }
  }

  /** Fails unless everything is valid. */
  static void validate(ConfigurationFile file) throws ConfigurationException {
    var faults = faults(file);
    if (!faults.isEmpty()) {
      throw new ConfigurationException(Stage.VALIDATE, aggregate(faults));
    }
  }

  static List<String> faults(ConfigurationFile file) {
    var faults = new ArrayList<String>();
    for (int i : ORDER) {
      String value = file.levels().get(i);
      String fault = levelFault(i, value);
      if (fault != null) {
        faults.add("defaults." + ConfigurationFile.KEYS.get(i) + ": " + invalid(value, fault));
      }
    }
    each("exemptions.namespaces", file.namespaces(), Validation::namespaceFault, faults);
    each("exemptions.runtimeClasses", file.runtimeClasses(), Validation::runtimeClassFault, faults);
    each("exemptions.usernames", file.usernames(), Validation::usernameFault, faults);
    return faults;
  }

  /** {@return the faults as one text}: alone as it is, several in brackets. */
  static String aggregate(List<String> faults) {
    return faults.size() == 1 ? faults.getFirst() : "[" + String.join(", ", faults) + "]";
  }

  private static @Nullable String levelFault(int key, String value) {
    boolean level = key % 2 == 0;
    boolean valid = level ? Level.parse(value) != null : Version.parse(value) != null;
    return valid ? null : level ? Level.EXPECTED : Version.EXPECTED;
  }

  private static void each(
      String field,
      List<String> values,
      Function<String, @Nullable String> rule,
      List<String> faults) {
    var seen = new HashSet<String>();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      String fault = rule.apply(value);
      if (fault != null) {
        faults.add(field + "[" + i + "]: " + invalid(value, fault));
      } else if (!seen.add(value)) {
        faults.add(field + "[" + i + "]: Duplicate value: " + GoText.quote(value));
      }
    }
  }

  private static String invalid(String value, String fault) {
    return "Invalid value: " + GoText.quote(value) + ": " + fault;
  }

  private static @Nullable String namespaceFault(String value) {
    if (DNS_LABEL.matcher(value).matches()) {
      return null;
    }
    String length = tooLong(value, MAX_LABEL);
    boolean label = isSubdomain(value) && value.indexOf('.') < 0;
    String form = label ? null : isSubdomain(value) ? "must not contain dots" : NO_LABEL;
    return join(length, form);
  }

  private static @Nullable String runtimeClassFault(String value) {
    return join(tooLong(value, MAX_SUBDOMAIN), isSubdomain(value) ? null : NO_SUBDOMAIN);
  }

  private static @Nullable String usernameFault(String value) {
    return value.isEmpty() ? "username must not be empty" : null;
  }

  private static boolean isSubdomain(String value) {
    for (String label : value.split("\\.", -1)) {
      if (!DNS_SUBDOMAIN_LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String tooLong(String value, int limit) {
    boolean fits = value.getBytes(StandardCharsets.UTF_8).length <= limit;
    return fits ? null : "must be no more than " + limit + " characters";
  }

  private static @Nullable String join(@Nullable String first, @Nullable String second) {
    return first == null ? second : second == null ? first : first + ", " + second;
  }
}
