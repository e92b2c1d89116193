package dev.portcullis.benchmarks;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JSON bytes to {@link PodView}, alone and followed by all checks; and the same with a library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 15, time = 1)
@Fork(2)
public class DecodePod {
  private static final JsonNames REVIEW = JsonNames.of("request");
  private static final JsonNames REQUEST = JsonNames.of("object");

  /** The pod: {@code own}, or a file that holds an AdmissionReview. */
  @Param("own")
  public String pod = "own";

  private final Evaluator evaluator = Evaluator.of(Checks.standard());
  private final LevelVersion restricted = new LevelVersion(Level.RESTRICTED, Version.LATEST);
  private JsonSlice document = JsonSlice.of(new byte[0]);

  /** Reads the pod and makes sure that both decoders see the same. */
  @Setup
  public void read() throws IOException, JsonException {
    byte[] bytes =
        pod.equals("own") ? BenchmarkPods.allowed() : object(Files.readAllBytes(Path.of(pod)));
    document = JsonSlice.of(bytes);
    if (!jackson().equals(decode())) {
      throw new IllegalStateException("the decoders differ: " + jackson() + " and " + decode());
    }
  }

  /** {@return the pod} */
  @Benchmark
  public PodView decode() throws JsonException {
    return PodDecoder.decode(document, JsonLimits.STANDARD);
  }

  /** {@return the verdict} */
  @Benchmark
  public Verdict decodeAndEvaluate() throws JsonException {
    return evaluator.evaluate(restricted, decode());
  }

  /** {@return the pod, decoded with Jackson's streaming parser} */
  @Benchmark
  public PodView jackson() {
    return JacksonPodDecoder.decode(document);
  }

  /** {@return the verdict on the pod decoded with Jackson's streaming parser} */
  @Benchmark
  public Verdict jacksonAndEvaluate() {
    return evaluator.evaluate(restricted, jackson());
  }

  private static byte[] object(byte[] review) throws JsonException {
    var in = new JsonCursor(JsonSlice.of(review), JsonLimits.STANDARD);
    byte[] object = new byte[0];
    in.beginObject();
    for (int name = in.nextName(REVIEW); name != JsonCursor.END; name = in.nextName(REVIEW)) {
      if (name != 0) {
        in.skipValue();
        continue;
      }
      in.beginObject();
      for (int field = in.nextName(REQUEST); field != JsonCursor.END; ) {
        JsonSlice value = in.sliceValue();
        object = field == 0 ? value.copy() : object;
        field = in.nextName(REQUEST);
      }
    }
    return object;
  }
}
