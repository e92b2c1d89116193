package dev.portcullis.conformance.compare;

import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Member;
import dev.portcullis.conformance.json.Json.Obj;
import java.nio.charset.StandardCharsets;

/**
 * One line for the oracle, as its README describes it.
 *
 * @param members of the line; what is asked about comes last
 */
public record Question(Obj members) {
  /** {@return the question's {@code op}} */
  public String op() {
    String op = Json.string(members.get("op"));
    return op == null ? "" : op;
  }

  /** {@return whether it asks anything}: shrinking may have taken away what it is about. */
  public boolean sensible() {
    return switch (op()) {
      case "evaluate" ->
          (members.get("pod") != null || Json.string(members.get("podBytes")) != null)
              && members.get("at") instanceof Arr at
              && !at.items().isEmpty();
      case "labels" -> members.get("labels") != null && members.get("defaults") instanceof Obj;
      case "config" -> Json.string(members.get("content")) != null;
      case "admission" -> members.get("review") != null;
      default -> false;
    };
  }

  /** {@return the line, without its end} */
  public Line line() {
    var out = new StringBuilder(1024).append('{');
    int last = 0;
    for (int i = 0; i < members.members().size(); i++) {
      Member member = members.members().get(i);
      out.append(i == 0 ? "" : ",");
      GoJson.quote(member.name(), out);
      out.append(':');
      last = out.length();
      GoJson.print(member.value(), out);
    }
    // In bytes: a set-up inside the line may hold more than ASCII.
    int subject = out.substring(0, last).getBytes(StandardCharsets.UTF_8).length;
    return new Line(out.append('}').toString().getBytes(StandardCharsets.UTF_8), subject);
  }

  /** {@return the same question with its set-up inside}, so that it needs no line before it */
  public Question inside(Obj setup) {
    var all = new Obj();
    for (Member member : members.members()) {
      if (!member.name().equals("setup") && !member.name().equals("review")) {
        all.put(member.name(), member.value());
      }
    }
    for (Member member : setup.members()) {
      if (!member.name().equals("setup") && !member.name().equals("op")) {
        all.put(member.name(), member.value());
      }
    }
    Json review = members.get("review");
    return review == null ? new Question(all) : new Question(all.put("review", review));
  }
}
