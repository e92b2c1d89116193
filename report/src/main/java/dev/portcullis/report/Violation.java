package dev.portcullis.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One check that objects to a workload.
 *
 * @param check the check's id
 * @param reason the reference's reason
 * @param detail the reference's detail, may be empty
 * @param places where in the manifest, at least one
 * @param known whether a baseline knows it
 * @param suppression why the manifest accepts it, or null; see {@link Suppressions}
 */
public record Violation(
    String check,
    String reason,
    String detail,
    List<Place> places,
    boolean known,
    @Nullable String suppression) {
  /** Copies the places. */
  public Violation {
    places = List.copyOf(places);
  }

  /** {@return reason and detail as the reference joins them} */
  public String message() {
    return detail.isEmpty() ? reason : reason + " (" + detail + ")";
  }

  /** {@return whether it counts: it is neither known nor suppressed} */
  public boolean counts() {
    return !known && suppression == null;
  }

  /** {@return this violation, known} */
  Violation asKnown() {
    return new Violation(check, reason, detail, places, true, suppression);
  }
}
