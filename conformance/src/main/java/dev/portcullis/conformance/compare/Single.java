package dev.portcullis.conformance.compare;

import java.io.IOException;
import java.io.UncheckedIOException;

/** One case, put to both sides by itself. */
public final class Single {
  private static final int PROBES = 3_000;

  private final Findings.Finding finding;
  private final Oracle oracle;
  private final Question question;

  /** Makes the case again. */
  public Single(Findings.Finding finding, Oracle oracle) {
    this.finding = finding;
    this.oracle = oracle;
    Kind kind = finding.kind();
    Batch batch = kind.batch(finding.seed(), finding.index() / kind.size());
    this.question = batch.alone((int) (finding.index() % kind.size()));
  }

  /** {@return whether the answers agree} */
  public boolean agrees() {
    return !differs(question);
  }

  /** {@return the case as it was met} */
  public Difference whole() throws IOException {
    return show(question);
  }

  /** {@return the smallest case found that still differs} */
  public Difference shrunk() throws IOException {
    return show(new Shrinker(this::differs, PROBES).shrink(question));
  }

  private Difference show(Question shown) throws IOException {
    Line line = shown.line();
    return new Difference(
        "--seed " + finding.seed() + " --case " + finding.kind().title() + ":" + finding.index(),
        new String(line.bytes(), java.nio.charset.StandardCharsets.UTF_8),
        oracle.ask(shown),
        ours(shown, line));
  }

  private static String ours(Question question, Line line) {
    try {
      return new Ours().answer(question, line);
    } catch (RuntimeException e) {
      return "{\"thrown\":\"" + e.getClass().getSimpleName() + "\"}";
    }
  }

  private boolean differs(Question candidate) {
    try {
      Line line = candidate.line();
      String own;
      try {
        own = new Ours().answer(candidate, line);
      } catch (IllegalArgumentException shrunkTooFar) {
        return false;
      }
      return Deviations.between(
              candidate, oracle.ask(candidate), own, finding.kind().hasUnreadFaults())
          == null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
