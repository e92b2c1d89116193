package dev.portcullis.policy.pod;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of a document as Go decodes one into a slice that is already there. When the list stands
 * twice, element i is decoded over the last element i, and elements past the end of a shorter list
 * come back with a longer one; an empty list and null forget them all.
 */
final class Elements<T> {
  private List<T> seen = List.of();
  private int size;

  /** Reads one element. */
  @FunctionalInterface
  interface Reader<T> {
    /** {@return the element that stands here, decoded over the one that stood before, if any} */
    T read(JsonCursor in, @Nullable T before) throws JsonException;
  }

  /** Reads the list, or the null, that must stand here. */
  void read(JsonCursor in, Reader<T> reader) throws JsonException {
    size = 0;
    if (!in.readNull()) {
      in.beginArray();
      while (in.nextElement()) {
        in.countElement();
        next(in, reader);
      }
    }
    if (size == 0) {
      seen = List.of();
    }
  }

  private void next(JsonCursor in, Reader<T> reader) throws JsonException {
    if (size < seen.size()) {
      seen.set(size, reader.read(in, seen.get(size)));
    } else {
      seen = seen.isEmpty() ? new ArrayList<>(2) : seen;
      seen.add(reader.read(in, null));
    }
    size++;
  }

  int size() {
    return size;
  }

  T get(int index) {
    return seen.get(index);
  }

  /** {@return the elements of the list as it was given last} */
  List<T> view() {
    return List.copyOf(size == seen.size() ? seen : seen.subList(0, size));
  }
}
