package dev.portcullis.benchmarks;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** AdmissionReviews for load, of the shape and size that an API server sends. */
public final class BenchmarkReviews {
  private BenchmarkReviews() {}

  /**
   * Writes one file for each kind of request into the folder named; with {@code --questions COUNT},
   * so many lines for {@code portcullis evaluate} and the oracle to standard output.
   */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("--questions")) {
      questions(Integer.parseInt(args[1]));
      return;
    }
    Path folder = Files.createDirectories(Path.of(args[0]));
    write(folder, "pod-allowed-4k", review("restricted-ns", BenchmarkPods.allowed(), ""));
    write(folder, "pod-allowed-8k", review("restricted-ns", BenchmarkPods.allowed(), notes(3400)));
    write(folder, "pod-denied-3c", review("restricted-ns", BenchmarkPods.denied(), ""));
    write(folder, "pod-privileged-ns-4k", review("privileged-ns", BenchmarkPods.allowed(), ""));
  }

  private static void questions(int count) throws IOException {
    byte[][] pods = {BenchmarkPods.allowed(), BenchmarkPods.allowed(), BenchmarkPods.plain()};
    try (var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
      for (int i = 0; i < count; i++) {
        String head =
            "{\"op\":\"evaluate\",\"id\":"
                + i
                + ",\"level\":\"restricted\",\"version\":\"latest\",\"pod\":";
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(pods[i % pods.length]);
        out.write("}\n".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** {@return a review of the creation of this pod} */
  static String review(String namespace, byte[] pod, String notes) {
    String object =
        new String(pod, StandardCharsets.UTF_8)
            .replace("\"namespace\":\"shop\"", "\"namespace\":\"" + namespace + "\"");
    if (!notes.isEmpty()) {
      object =
          object.replace(
              "\"annotations\":{", "\"annotations\":{\"example.com/notes\":\"" + notes + "\",");
    }
    return String.format(
        Locale.ROOT,
        """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{\
        "uid":"705ab4f5-6393-11e8-b7cc-42010a800002","kind":{"group":"","version":"v1","kind":"Pod"},\
        "resource":{"group":"","version":"v1","resource":"pods"},\
        "requestKind":{"group":"","version":"v1","kind":"Pod"},\
        "requestResource":{"group":"","version":"v1","resource":"pods"},\
        "name":"web-6c5f7d9b8c-q4x2z","namespace":"%s","operation":"CREATE",\
        "userInfo":{"username":"system:serviceaccount:kube-system:replicaset-controller",\
        "uid":"6d7b6d5e-0000-4000-8000-0123456789ab","groups":["system:serviceaccounts",\
        "system:serviceaccounts:kube-system","system:authenticated"]},\
        "object":%s,"oldObject":null,"dryRun":false,\
        "options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1"}}}
        """,
        namespace,
        object);
  }

  private static String notes(int length) {
    return "Deployed by the pipeline, see the change record. ".repeat(length / 49);
  }

  private static void write(Path folder, String name, String review) throws IOException {
    Files.writeString(folder.resolve(name + ".json"), review);
  }
}
