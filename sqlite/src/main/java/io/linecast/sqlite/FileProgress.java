package io.linecast.sqlite;

/** Is told how far long work on a journal's file has come, by the thread that does it. */
@FunctionalInterface
public interface FileProgress {

  /** For whoever does not want to know. */
  FileProgress NONE = (what, done, total) -> {};

  /**
   * So much is done. Called often; is to return at once.
   *
   * @param what is done, in a word
   * @param done in lines or in bytes, as that work is counted
   * @param total how much there is to do; 0 if that is not known
   */
  void at(String what, long done, long total);
}
