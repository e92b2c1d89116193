import org.jspecify.annotations.NullMarked;

/** Results to what can be done about them. */
@NullMarked
module dev.portcullis.advice {
  requires static transitive org.jspecify;
  requires transitive dev.portcullis.report;
  requires io.github.javadiffutils;

  exports dev.portcullis.advice.export;
  exports dev.portcullis.advice.fix;
  exports dev.portcullis.advice.migrate;
  exports dev.portcullis.advice.migrate.psp;
}
