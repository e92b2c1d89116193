package dev.portcullis.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers when it could not be written: a PrintWriter would not say so. */
final class StandardOutput extends OutputStream {
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private @Nullable IOException failure;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException gone) {
      failure = gone;
      throw gone;
    }
  }

  /** {@return why the output is not complete, or null when it is} */
  @Nullable IOException failure() {
    return failure;
  }

  /** {@return whether whoever read the output has had enough, as {@code head} has} */
  static boolean readerLeft(IOException failure) {
    return String.valueOf(failure.getMessage()).contains("Broken pipe");
  }
}
