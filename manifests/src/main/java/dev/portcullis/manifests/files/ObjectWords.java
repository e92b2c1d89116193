package dev.portcullis.manifests.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether bytes that cannot be read as YAML or JSON may still be meant as a Kubernetes
 * object: both {@code kind} and {@code apiVersion} are keys somewhere.
 */
public final class ObjectWords {
  private static final byte[] KIND = "kind".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] API_VERSION = "apiVersion".getBytes(StandardCharsets.US_ASCII);
  private static final int BLOCK = 1 << 16;
  private static final int OVERLAP = 64;

  private boolean kind;
  private boolean apiVersion;

  private ObjectWords() {}

  /** {@return whether both keys are in these bytes}; yes where the encoding has zeros. */
  public static boolean areIn(byte[] bytes) {
    var words = new ObjectWords();
    words.search(bytes, bytes.length);
    return words.kind && words.apiVersion;
  }

  /** {@return the same of a file of any size} */
  static boolean areIn(Path file) throws IOException {
    var words = new ObjectWords();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      int kept = 0;
      for (int read = in.readNBytes(block, 0, BLOCK);
          read > 0 && !(words.kind && words.apiVersion);
          read = in.readNBytes(block, kept, BLOCK - kept)) {
        int length = kept + read;
        words.search(block, length);
        // A key may lie across two blocks.
        kept = Math.min(OVERLAP, length);
        System.arraycopy(block, length - kept, block, 0, kept);
      }
    }
    return words.kind && words.apiVersion;
  }

  private void search(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      switch (bytes[i]) {
        // UTF-16 and UTF-32 spell the same words otherwise.
        case 0 -> {
          kind = true;
          apiVersion = true;
          return;
        }
        case 'k' -> kind = kind || isKey(KIND, bytes, i, length);
        case 'a' -> apiVersion = apiVersion || isKey(API_VERSION, bytes, i, length);
        default -> {}
      }
    }
  }

  private static boolean isKey(byte[] word, byte[] bytes, int at, int length) {
    if (at + word.length >= length) {
      return false;
    }
    for (int i = 1; i < word.length; i++) {
      if (bytes[at + i] != word[i]) {
        return false;
      }
    }
    int next = at + word.length;
    if (bytes[next] == '"' || bytes[next] == '\'') {
      next++;
    }
    while (next < length && (bytes[next] == ' ' || bytes[next] == '\t')) {
      next++;
    }
    return next < length && bytes[next] == ':';
  }
}
