package dev.portcullis.manifests;

import dev.portcullis.manifests.PodPath.Fidelity;
import dev.portcullis.manifests.PodPath.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of {@code workload-kinds.txt}: the kinds of well-known operators. */
final class CustomKinds {
  private static final String FILE = "workload-kinds.txt";
  private static final int COLUMNS = 7;

  private CustomKinds() {}

  static List<WorkloadKind> rows() {
    try (InputStream file = CustomKinds.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing from the jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(CustomKinds::row)
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + FILE, broken);
    }
  }

  private static WorkloadKind row(String line) {
    String[] cells = line.split(" \\| ", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalStateException(FILE + ": " + COLUMNS + " columns expected: " + line);
    }
    var pods = new ArrayList<PodPath>();
    for (String path : list(cells[5])) {
      int space = path.indexOf(' ');
      pods.add(path(path.substring(0, space), path.substring(space + 1)));
    }
    return new WorkloadKind(
        cells[0], list(cells[1]), cells[2], cells[3], pods, cell(cells[4]), cell(cells[6]));
  }

  private static PodPath path(String fidelity, String text) {
    String where = text.equals(".") ? "" : text;
    return switch (fidelity) {
      case "exact" -> new PodPath(where, Shape.TEMPLATE, Fidelity.EXACT);
      case "extended" -> new PodPath(where, Shape.TEMPLATE, Fidelity.EXTENDED);
      case "completed" -> new PodPath(where, Shape.TEMPLATE, Fidelity.COMPLETED);
      case "completed-spec" -> new PodPath(where, Shape.SPEC, Fidelity.COMPLETED);
      default -> throw new IllegalStateException(FILE + ": no such fidelity: " + fidelity);
    };
  }

  private static List<String> list(String cell) {
    return cell.equals("-") ? List.of() : List.of(cell.split(", ", -1));
  }

  private static String cell(String cell) {
    return cell.equals("-") ? "" : cell;
  }
}
