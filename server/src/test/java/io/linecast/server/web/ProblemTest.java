package io.linecast.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.Code;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

  @Test
  void shouldBeADocumentForProgramsAndForPeople() {
    assertThat(Problem.of(Code.TOO_LONG, "line 1 is \"too\" long").json())
        .isEqualTo(
            """
            {"type":"urn:linecast:problem:too-long","title":"Request Entity Too Large",\
            "status":413,"detail":"line 1 is \\"too\\" long","code":"too-long"}
            """);
  }

  @Test
  void shouldSayWhatElseThereIsToSay() {
    Problem problem = Problem.of(Code.SHUTTING_DOWN, "x").with(Map.of("first", 7L));

    assertThat(problem.json()).endsWith(",\"code\":\"shutting-down\",\"first\":7}\n");
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveAnErrorsStatusForEveryCode(Code code) {
    assertThat(Problem.of(code, "x").status().code()).isBetween(400, 599);
  }

  @Test
  void shouldSayWhenToTryAgain() {
    assertThat(Problem.of(Code.OVERLOAD, "x").headers()).containsEntry("retry-after", "1");
    assertThat(Problem.of(Code.RATE, "x").headers()).containsEntry("retry-after", "1");
    assertThat(Problem.of(Code.BAD_NUMBER, "x").headers()).isEmpty();
  }

  @Test
  void shouldNameAProblemOfHttpAsItsStatusIs() {
    Problem problem = Problem.of(HttpResponseStatus.NOT_FOUND, "x");

    assertThat(problem.code()).isEqualTo("not-found");
    assertThat(Problem.notAllowed(Set.of("GET")).headers()).containsEntry("allow", "GET");
  }
}
