package io.lexiscope.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubEnvironmentTest {
  @TempDir private Path home;

  private HubSettings settings(Map<String, String> environment) {
    return HubEnvironment.settings(environment, home, HubEnvironment.cache(environment, home));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, proxy.example:3128, proxy.example:3128",
    "https_proxy, http://proxy.example, proxy.example:80",
    "ALL_PROXY, http://proxy.example:8080/, proxy.example:8080"
  })
  void aProxyOfTheEnvironmentIsGoneThrough(String name, String value, String expected) {
    var proxies = settings(Map.of(name, value, "NO_PROXY", "localhost,.inside.example")).proxies();

    assertThat(proxies.select(URI.create("https://hub.example/api")))
        .singleElement()
        .satisfies(proxy -> assertThat(proxy.address()).hasToString(address(expected)));
    assertThat(proxies.select(URI.create("https://inside.example/")))
        .containsExactly(Proxy.NO_PROXY);
    assertThat(proxies.select(URI.create("https://a.inside.example/")))
        .containsExactly(Proxy.NO_PROXY);
    assertThat(settings(Map.of()).proxies().select(URI.create("https://hub.example/")))
        .containsExactly(Proxy.NO_PROXY);
  }

  private static String address(String hostAndPort) {
    String[] parts = hostAndPort.split(":");
    return InetSocketAddress.createUnresolved(parts[0], Integer.parseInt(parts[1])).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://host:1080", "http://user:secret@host:1", "http://", "::"})
  void aProxyThatCannotBeUsedIsRefusedWithoutShowingIt(String value) {
    assertThatThrownBy(() -> settings(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(HubException.class)
        .hasMessageStartingWith("hub: expected a proxy such as http://host:8080 in HTTPS_PROXY")
        .hasMessageNotContaining("secret");
  }

  @Test
  void withoutVariablesThePublicHubIsUsedWithoutAToken() {
    var settings = settings(Map.of());

    assertThat(settings.endpoint()).isEqualTo(HubSettings.STANDARD_ENDPOINT);
    assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(settings.token()).isNull();
    assertThat(settings.offline()).isFalse();
  }

  @Test
  void theCacheIsWhereTheFirstOfItsVariablesSays() {
    var all =
        Map.of(
            "HF_HUB_CACHE",
            "a",
            "HUGGINGFACE_HUB_CACHE",
            "b",
            "HF_HOME",
            "c",
            "XDG_CACHE_HOME",
            "d");

    assertThat(HubEnvironment.cache(all, home)).isEqualTo(Path.of("a"));
    assertThat(HubEnvironment.cache(Map.of("HUGGINGFACE_HUB_CACHE", "b", "HF_HOME", "c"), home))
        .isEqualTo(Path.of("b"));
    assertThat(HubEnvironment.cache(Map.of("HF_HOME", "~/c", "XDG_CACHE_HOME", "d"), home))
        .isEqualTo(home.resolve("c").resolve("hub"));
    assertThat(HubEnvironment.cache(Map.of("XDG_CACHE_HOME", "d"), home))
        .isEqualTo(Path.of("d", "huggingface", "hub"));
  }

  @Test
  void theTokenIsTheFirstThatIsThere() throws IOException {
    write(home.resolve(".cache/huggingface/token"), "from-home\n");
    write(home.resolve("mine"), " from-file \n");

    assertThat(settings(Map.of()).token()).isEqualTo("from-home");
    assertThat(settings(Map.of("HF_TOKEN_PATH", "~/mine")).token()).isEqualTo("from-file");
    assertThat(settings(Map.of("HF_TOKEN_PATH", "~/mine", "HUGGING_FACE_HUB_TOKEN", "old")).token())
        .isEqualTo("old");
    assertThat(settings(Map.of("HUGGING_FACE_HUB_TOKEN", "old", "HF_TOKEN", "new\n")).token())
        .isEqualTo("new");
    assertThat(settings(Map.of("HF_HOME", home.resolve("other").toString())).token()).isNull();
    assertThat(settings(Map.of("HF_TOKEN", " ")).token()).isEqualTo("from-home");
    assertThat(settings(Map.of("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")).token()).isNull();
  }

  @Test
  void anotherEndpointIsUsedWithoutItsTrailingSlash() {
    assertThat(settings(Map.of("HF_ENDPOINT", "https://hub.example/mirror/")).endpoint())
        .isEqualTo(URI.create("https://hub.example/mirror"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub.example", "http://[", "ftp://hub.example"})
  void anEndpointThatIsNoAddressIsRefused(String endpoint) {
    assertThatThrownBy(() -> settings(Map.of("HF_ENDPOINT", endpoint)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("HF_ENDPOINT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "ON", "yes", "True"})
  void offlineIsWhatPythonTakesForIt(String yes) {
    assertThat(settings(Map.of("HF_HUB_OFFLINE", yes)).offline()).isTrue();
    assertThat(settings(Map.of("TRANSFORMERS_OFFLINE", yes)).offline()).isTrue();
    assertThat(settings(Map.of("HF_HUB_OFFLINE", "0")).offline()).isFalse();
  }
}
