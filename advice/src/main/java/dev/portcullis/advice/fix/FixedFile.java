package dev.portcullis.advice.fix;

import java.util.List;

/**
 * A file before and after.
 *
 * @param name as it was given
 * @param before its text
 * @param after the same text where nothing could be done
 * @param workloads those that failed, in the order of the text
 * @param untouched why the file was left alone although something could be done; empty if it was
 *     not
 */
public record FixedFile(
    String name, String before, String after, List<FixedWorkload> workloads, String untouched) {
  /** Copies the list. */
  public FixedFile {
    workloads = List.copyOf(workloads);
  }

  /** {@return whether the text is another} */
  public boolean changed() {
    return !before.equals(after);
  }

  /** {@return whether somebody still has to decide or do something} */
  public boolean hasLeft() {
    return workloads.stream().anyMatch(workload -> !workload.left().isEmpty());
  }
}
