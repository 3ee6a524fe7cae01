package io.linecast.server.web;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Files that come with the program, below one folder of the class path. What was asked for once
 * stays in memory; nothing else on this machine can be reached. Safe from any thread.
 */
public final class StaticFiles {

  /** No name in a path begins with a dot, so none leads up. */
  private static final Pattern PATH =
      Pattern.compile("(?!.*/[./])[A-Za-z0-9_-][A-Za-z0-9._/-]{0,199}(?<!/)");

  private static final int TAG_BYTES = 8;

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon");

  private static final class File {
    private final byte[] content;
    private final String type;
    private final String tag;

    File(byte[] content, String type) {
      this.content = content;
      this.type = type;
      this.tag = tagOf(content);
    }
  }

  private final String folder;
  private final Map<String, File> files = new ConcurrentHashMap<>();

  /**
   * The files below a folder.
   *
   * @param folder absolute, with a slash at its end, such as {@code /META-INF/resources/}
   */
  public StaticFiles(String folder) {
    this.folder = folder;
  }

  /** The files of the class path's WebJar of a library, at paths without its version. */
  public static StaticFiles ofWebJar(String library) {
    String about = "/META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
    Properties properties = new Properties();
    try (InputStream file = StaticFiles.class.getResourceAsStream(about)) {
      if (file == null) {
        throw new IllegalStateException("there is no WebJar of " + library + " on the class path");
      }
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + about, e);
    }
    String version = properties.getProperty("version");
    return new StaticFiles("/META-INF/resources/webjars/" + library + "/" + version + "/");
  }

  /** Answers with a file. */
  public void serve(Exchange exchange, String path) {
    Optional<File> file = file(path);
    if (file.isEmpty()) {
      exchange.fail(Problem.of(HttpResponseStatus.NOT_FOUND, "there is no such file"));
      return;
    }
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.ETAG, file.get().tag);
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    if (exchange.header(HttpHeaderNames.IF_NONE_MATCH).orElse("").equals(file.get().tag)) {
      exchange.answer(HttpResponseStatus.NOT_MODIFIED, headers, new byte[0]);
    } else {
      headers.set(HttpHeaderNames.CONTENT_TYPE, file.get().type);
      exchange.answer(HttpResponseStatus.OK, headers, file.get().content);
    }
  }

  private Optional<File> file(String path) {
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null || !PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    File known = files.get(path);
    return known == null ? load(path, type) : Optional.of(known);
  }

  private Optional<File> load(String path, String type) {
    try (InputStream bytes = StaticFiles.class.getResourceAsStream(folder + path)) {
      if (bytes == null) {
        return Optional.empty();
      }
      File file = new File(bytes.readAllBytes(), type);
      files.put(path, file);
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static String tagOf(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-256", e);
    }
  }
}
