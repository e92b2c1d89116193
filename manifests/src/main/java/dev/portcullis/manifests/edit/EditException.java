package dev.portcullis.manifests.edit;

/** Says why a change cannot be made in the text without touching more than it should. */
public final class EditException extends Exception {
  private static final long serialVersionUID = 1L;

  EditException(String reason) {
    super(reason);
  }
}
