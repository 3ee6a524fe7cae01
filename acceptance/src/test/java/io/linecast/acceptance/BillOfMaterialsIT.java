package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the program says it is made of: the CycloneDX bill of materials beside its jars. */
class BillOfMaterialsIT {

  private static final Path DIST = Path.of("..", "cli", "target", "dist");

  @Test
  void shouldNameEveryJarThatIsShipped() throws IOException {
    JsonObject bill =
        JsonParser.parseString(Files.readString(DIST.resolve("linecast.cdx.json")))
            .getAsJsonObject();
    assertThat(bill.get("bomFormat").getAsString()).isEqualTo("CycloneDX");
    Set<String> named =
        Stream.concat(
                Stream.of(bill.getAsJsonObject("metadata").get("component")),
                bill.getAsJsonArray("components").asList().stream())
            .map(BillOfMaterialsIT::jarOf)
            .collect(Collectors.toSet());

    assertThat(shippedJars()).isNotEmpty().allSatisfy(jar -> assertThat(named).contains(jar));
  }

  @Test
  void shouldTellLicenceAndChecksumOfEveryLibrary() throws IOException {
    JsonObject bill =
        JsonParser.parseString(Files.readString(DIST.resolve("linecast.cdx.json")))
            .getAsJsonObject();

    assertThat(bill.getAsJsonArray("components"))
        .filteredOn(component -> !group(component).equals("io.linecast"))
        .isNotEmpty()
        .allSatisfy(
            component -> {
              assertThat(component.getAsJsonObject().getAsJsonArray("licenses")).isNotEmpty();
              assertThat(component.getAsJsonObject().getAsJsonArray("hashes")).isNotEmpty();
            });
  }

  private static String group(JsonElement component) {
    return component.getAsJsonObject().get("group").getAsString();
  }

  /** A native library's jar bears what it is for behind the version. */
  private static String jarOf(JsonElement component) {
    JsonObject its = component.getAsJsonObject();
    String address = its.get("purl").getAsString();
    int classifier = address.indexOf("classifier=");
    String behind =
        classifier < 0 ? "" : "-" + address.substring(classifier + 11).replaceAll("&.*", "");
    return its.get("name").getAsString() + "-" + its.get("version").getAsString() + behind + ".jar";
  }

  private static List<String> shippedJars() throws IOException {
    try (Stream<Path> jars = Files.list(DIST.resolve("lib"))) {
      return jars.map(jar -> jar.getFileName().toString()).toList();
    }
  }
}
