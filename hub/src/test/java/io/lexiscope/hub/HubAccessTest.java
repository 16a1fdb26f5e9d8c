package io.lexiscope.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.hub.FakeHub.Asked;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubAccessTest {
  @TempDir private Path cache;

  private FakeHub fake;

  @BeforeEach
  void open() throws IOException {
    fake = new FakeHub();
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private Pulled pull() {
    return fake.open(cache).pull(FakeHub.ID, null, PullListener.NONE);
  }

  private HubException refusal(@Nullable String token, String id, @Nullable String revision) {
    var hub = FakeHub.open(new HubSettings(fake.address(), cache, token, /* offline= */ false));
    try {
      hub.pull(id, revision, PullListener.NONE);
    } catch (HubException e) {
      assertThat(e.getMessage()).doesNotContain(FakeHub.TOKEN).doesNotContain("\n");
      return e;
    }
    throw new AssertionError("the pull was not refused");
  }

  @Test
  void theTokenGoesToTheHubAndToNobodyElse() {
    pull();

    assertThat(fake.asked)
        .filteredOn(a -> a.server().equals("hub"))
        .isNotEmpty()
        .allMatch(a -> a.authorization().equals("Bearer " + FakeHub.TOKEN));
    assertThat(fake.asked)
        .filteredOn(a -> a.server().equals("storage"))
        .isNotEmpty()
        .extracting(Asked::authorization)
        .containsOnly("");
  }

  @Test
  void theTokenStaysAwayAlsoWhenTheWayLeadsBackToTheHub() {
    fake.put("tokenizer.json", "{\"longer\":true}");
    fake.next(
        "about",
        FakeHub.redirect(307, fake.storageAddress() + "/api/models/acme/tiny/revision/main"),
        FakeHub.redirect(307, fake.address() + "/api/models/acme/tiny/revision/main"));

    pull();

    assertThat(fake.asked.subList(0, 3))
        .extracting(Asked::authorization)
        .containsExactly("Bearer " + FakeHub.TOKEN, "", "");
  }

  @Test
  void withoutATokenNoneIsSent() {
    FakeHub.open(new HubSettings(fake.address(), cache, /* token= */ null, /* offline= */ false))
        .pull(FakeHub.ID, null, PullListener.NONE);

    assertThat(fake.asked).extracting(Asked::authorization).containsOnly("");
  }

  @Test
  void aRenamedModelIsFollowedOnTheHub() {
    fake.next(
        "HEAD config.json",
        FakeHub.redirect(307, "/acme/tiny/resolve/" + FakeHub.COMMIT + "/config.json"));

    assertThat(pull().folder().resolve("config.json")).exists();
    assertThat(fake.asked).filteredOn(a -> a.server().equals("storage")).hasSize(1);
  }

  @Test
  void redirectsWithoutEndAreGivenUp() {
    for (var i = 0; i < 50; i++) {
      fake.next("about", FakeHub.redirect(302, "/api/models/acme/tiny/revision/main"));
    }

    assertThat(refusal(null, FakeHub.ID, null)).hasMessageContaining("redirects");
  }

  @Test
  void aRedirectToNoWebAddressIsRefused() {
    fake.next("about", FakeHub.redirect(302, "file:///etc/passwd"));
    fake.next("about", FakeHub.redirect(302, "file:///etc/passwd"));
    fake.next("about", FakeHub.redirect(302, "file:///etc/passwd"));
    fake.next("about", FakeHub.redirect(302, "file:///etc/passwd"));

    assertThat(refusal(null, FakeHub.ID, null))
        .hasMessageContaining("a redirect to no web address");
  }

  @Test
  void anUnknownModelIsNamed() {
    var refusal = refusal(FakeHub.TOKEN, "acme/huge", null);

    assertThat(refusal.kind()).isEqualTo(HubProblem.NOT_FOUND);
    assertThat(refusal)
        .hasMessage(
            "pull: expected a model of "
                + fake.address()
                + ", got acme/huge, which it does not have; check the id");
  }

  @Test
  void anUnknownRevisionIsNamed() {
    assertThat(refusal(FakeHub.TOKEN, FakeHub.ID, "v9"))
        .hasMessage(
            "pull: expected a branch, tag or commit of acme/tiny, got v9, which it does not have");
  }

  @Test
  void aGatedModelSaysWhereItsLicenceIsAccepted() {
    fake.next("HEAD model.safetensors", FakeHub.refusal(403, "GatedRepo"));

    assertThat(refusal(FakeHub.TOKEN, FakeHub.ID, null))
        .hasMessageContaining("accept it at " + fake.address() + "/acme/tiny with the account of");
  }

  @Test
  void aGatedModelWithoutATokenAsksForOneToo() {
    fake.next("HEAD model.safetensors", FakeHub.refusal(401, "GatedRepo"));

    assertThat(refusal(/* token= */ null, FakeHub.ID, null))
        .hasMessageContaining("accept it at " + fake.address() + "/acme/tiny and set HF_TOKEN");
  }

  @Test
  void aStatus401WithoutATokenMayMeanThatTheModelDoesNotExist() {
    fake.next("about", FakeHub.refusal(401, "RepoNotFound"));

    assertThat(refusal(/* token= */ null, FakeHub.ID, null))
        .hasMessageContaining("does not exist or asks for a token, acme/tiny")
        .hasMessageContaining("set HF_TOKEN");
  }

  @Test
  void aRefusedTokenIsSaidToBeRefused() {
    fake.next("about", FakeHub.status(401));

    assertThat(refusal(FakeHub.TOKEN, FakeHub.ID, null))
        .hasMessageContaining("got one that the hub refuses");
  }

  @Test
  void aStatus403SaysToAcceptTheLicence() {
    fake.next("about", FakeHub.status(403));

    assertThat(refusal(FakeHub.TOKEN, FakeHub.ID, null)).hasMessageContaining("accept the licence");
  }

  @Test
  void anAnswerThatIsNotAHubsIsRefused() {
    fake.next("about", FakeHub.instead("<html>".getBytes(StandardCharsets.UTF_8)));

    assertThat(refusal(null, FakeHub.ID, null))
        .hasMessageContaining("expected JSON, got something else")
        .hasMessageContaining("check HF_ENDPOINT");
  }

  @Test
  void aHubThatDoesNotListenIsSaidToBeOutOfReach() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var hub =
        FakeHub.open(
            new HubSettings(
                URI.create("http://127.0.0.1:" + port + "/"), cache, null, /* offline= */ false));

    assertThatThrownBy(() -> hub.pull(FakeHub.ID, null, PullListener.NONE))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("got no connection 4 times; check the network and HF_ENDPOINT");
  }

  @Test
  void offlineAModelOfTheCacheNeedsNoNetwork() {
    var online = pull();
    fake.asked.clear();

    var offline =
        FakeHub.open(new HubSettings(fake.address(), cache, null, /* offline= */ true))
            .pull(FakeHub.ID, null, PullListener.NONE);

    assertThat(offline.folder()).isEqualTo(online.folder());
    assertThat(offline.bytes()).isEqualTo(online.bytes());
    assertThat(offline.fetched()).isZero();
    assertThat(fake.asked).isEmpty();
  }

  @Test
  void offlineAModelThatIsNotWholeIsRefused() throws IOException {
    Files.delete(pull().folder().resolve("model.safetensors"));
    fake.asked.clear();
    var offline = FakeHub.open(new HubSettings(fake.address(), cache, null, /* offline= */ true));

    assertThatThrownBy(() -> offline.pull(FakeHub.ID, null, PullListener.NONE))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("nothing whole for acme/tiny")
        .hasMessageContaining("unset HF_HUB_OFFLINE");
    assertThat(fake.asked).isEmpty();
  }

  @Test
  void noTextShowsTheToken() {
    assertThat(fake.settings(cache).toString()).doesNotContain(FakeHub.TOKEN);
    assertThatThrownBy(
            () -> new HubSettings(fake.address(), cache, "hf_secret\n", /* offline= */ false))
        .isInstanceOf(HubException.class)
        .message()
        .doesNotContain("hf_secret");
  }

  @Test
  void anEndpointThatIsNoWebAddressIsRefused() {
    for (var endpoint : new String[] {"hub.local", "ftp://hub.local", "https://u:p@hub.local"}) {
      assertThatThrownBy(
              () -> new HubSettings(URI.create(endpoint), cache, null, /* offline= */ false))
          .isInstanceOf(HubException.class)
          .hasMessageContaining("HF_ENDPOINT");
    }
  }
}
