package io.linecast.server.web;

import com.google.gson.JsonObject;
import io.linecast.protocol.Code;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Why a request was not done, for programs and for people (RFC 9457). Immutable.
 *
 * @param code the kind of problem, in one word
 * @param detail what is wrong with this request, and how it can be mended
 * @param headers what the response has beside it, by name
 * @param figures what else there is to say, by name
 */
public record Problem(
    HttpResponseStatus status,
    String code,
    String detail,
    Map<String, String> headers,
    Map<String, Long> figures) {

  /** What it is sent as. */
  static final String CONTENT_TYPE = "application/problem+json";

  /** How soon to try again what may be done later. */
  private static final Map<String, String> TRY_AGAIN = Map.of("retry-after", "1");

  private static final String SAY_WHO = "Bearer realm=\"linecast\"";

  private static final String TYPE_PREFIX = "urn:linecast:problem:";

  /** A problem of HTTP itself, named as its status is. */
  public static Problem of(HttpResponseStatus status, String detail) {
    String code = status.reasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
    return new Problem(status, code, detail, headersOf(status), Map.of());
  }

  /** A path that has other methods than the one asked for. */
  static Problem notAllowed(Set<String> methods) {
    String list = String.join(", ", methods);
    Problem problem = of(HttpResponseStatus.METHOD_NOT_ALLOWED, "this path takes " + list);
    return new Problem(
        problem.status, problem.code, problem.detail, Map.of("allow", list), Map.of());
  }

  private static Map<String, String> headersOf(HttpResponseStatus status) {
    return switch (status.code()) {
      case 401 -> Map.of("www-authenticate", SAY_WHO);
      case 429, 503 -> TRY_AGAIN;
      default -> Map.of();
    };
  }

  /** A problem that LINECAST/1 has a code for; what is no hello there is no request here. */
  public static Problem of(Code code, String detail) {
    if (code == Code.BAD_HELLO) {
      return of(HttpResponseStatus.BAD_REQUEST, detail);
    }
    HttpResponseStatus status = statusOf(code);
    return new Problem(status, code.word(), detail, headersOf(status), Map.of());
  }

  private static HttpResponseStatus statusOf(Code code) {
    return switch (code) {
      case BAD_HELLO, BAD_VERB, BAD_NUMBER, VERSION, QUIT -> HttpResponseStatus.BAD_REQUEST;
      case TOO_LONG -> HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
      case DUPLICATE -> HttpResponseStatus.CONFLICT;
      case RATE -> HttpResponseStatus.TOO_MANY_REQUESTS;
      case AUTH -> HttpResponseStatus.UNAUTHORIZED;
      case CHANNEL -> HttpResponseStatus.NOT_FOUND;
      case IDLE -> HttpResponseStatus.REQUEST_TIMEOUT;
      case OVERLOAD, JOURNAL, SHUTTING_DOWN, SLOW -> HttpResponseStatus.SERVICE_UNAVAILABLE;
    };
  }

  /**
   * The client has not said who it is, or not so that it counts.
   *
   * @param tried whether it has tried to
   */
  static Problem unauthorized(String detail, boolean tried) {
    String who = SAY_WHO + (tried ? ", error=\"invalid_token\"" : "");
    return new Problem(
        HttpResponseStatus.UNAUTHORIZED,
        Code.AUTH.word(),
        detail,
        Map.of("www-authenticate", who),
        Map.of());
  }

  /** The client may not do that, whoever it is. */
  static Problem notPermitted(String detail) {
    return new Problem(HttpResponseStatus.FORBIDDEN, Code.AUTH.word(), detail, Map.of(), Map.of());
  }

  /** The same, and figures beside it. */
  public Problem with(Map<String, Long> more) {
    return new Problem(status, code, detail, headers, more);
  }

  /** The same, with another header, or another value for it. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Problem(status, code, detail, Map.copyOf(more), figures);
  }

  /** The document. */
  String json() {
    JsonObject document = new JsonObject();
    document.addProperty("type", TYPE_PREFIX + code);
    document.addProperty("title", status.reasonPhrase());
    document.addProperty("status", status.code());
    document.addProperty("detail", detail);
    document.addProperty("code", code);
    figures.forEach(document::addProperty);
    return document + "\n";
  }
}
