package io.lexiscope.hub;

import io.lexiscope.base.OneLine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Says in one line why a pull cannot go on, and what to do.
final class HubRefusals {
  private static final String TOKEN_ADVICE =
      "set HF_TOKEN to a token of an account that may read it";

  private final HubSettings settings;

  HubRefusals(HubSettings settings) {
    this.settings = settings;
  }

  /// What a status that will not pass means. A hub answers 401 for a model that does not exist to
  /// those who show no token, so both are said.
  HubException of(HubName name, URI address, Reply reply) {
    var code = reply.header("X-Error-Code").orElse("");
    var page = settings.endpoint() + "/" + name.id();
    if (code.equals("GatedRepo")) {
      return refused(
          HubProblem.INVALID,
          "id",
          "a model that may be read, got one that asks to accept its licence first, "
              + name.id()
              + "; accept it at "
              + page
              + (settings.token() == null
                  ? " and set HF_TOKEN to a token of that account"
                  : " with the account of the token"));
    }
    return switch (reply.status()) {
      case 401 ->
          settings.token() == null
              ? refused(
                  HubProblem.NOT_FOUND,
                  "id",
                  "a public model, got one that does not exist or asks for a token, "
                      + name.id()
                      + "; check the id, accept the licence at "
                      + page
                      + " if it has one, and "
                      + TOKEN_ADVICE)
              : refused(
                  HubProblem.INVALID,
                  "id",
                  "a token that may read "
                      + name.id()
                      + ", got one that the hub refuses; check the id and "
                      + TOKEN_ADVICE);
      case 403 ->
          refused(
              HubProblem.INVALID,
              "id",
              "leave to read "
                  + name.id()
                  + ", got status 403; accept the licence at "
                  + page
                  + " if it has one, and "
                  + TOKEN_ADVICE);
      case 404 -> missing(name, address, code);
      default ->
          refused(
              HubProblem.FAILED,
              /* field= */ null,
              "the file, got status " + reply.status() + " from " + HubClient.shown(address));
    };
  }

  private HubException missing(HubName name, URI address, String code) {
    if (code.equals("RevisionNotFound")) {
      return refused(
          HubProblem.NOT_FOUND,
          "revision",
          "a branch, tag or commit of "
              + name.id()
              + ", got "
              + name.revision()
              + ", which it does not have");
    }
    if (code.equals("EntryNotFound")) {
      return refused(
          HubProblem.NOT_FOUND,
          "id",
          "a file of " + name.written() + ", got status 404 from " + HubClient.shown(address));
    }
    return refused(
        HubProblem.NOT_FOUND,
        "id",
        "a model of "
            + settings.endpoint()
            + ", got "
            + name.written()
            + ", which it does not have; check the id"
            + (settings.token() == null ? ", and set HF_TOKEN if it is private" : ""));
  }

  /// No answer, however often asked.
  HubException unreachable(URI address, String why, int times, @Nullable Throwable cause) {
    return new HubException(
        HubProblem.FAILED,
        "pull: expected an answer from "
            + HubClient.shown(address)
            + ", got "
            + why
            + (times > 1 ? " " + times + " times" : "")
            + "; check the network and HF_ENDPOINT; what has arrived is kept",
        /* field= */ null,
        cause);
  }

  /// The network is not to be used and the cache does not have the model.
  static HubException offline(HubName name, Path cache) {
    return refused(
        HubProblem.NOT_FOUND,
        "id",
        "the model in the cache, as the network is not to be used, got nothing whole for "
            + name.written()
            + " in "
            + cache
            + "; unset HF_HUB_OFFLINE to fetch it");
  }

  /// A file of the cache cannot be written.
  static HubException unwritable(Path at, IOException cause) {
    return new HubException(
        HubProblem.FAILED,
        "pull: expected to write to "
            + at
            + ", got "
            + reason(cause)
            + "; make room or set HF_HUB_CACHE to another folder, and pull again: what has arrived is kept",
        /* field= */ null,
        cause);
  }

  /// The disk has not the room that the pull needs.
  static HubException noRoom(Path at, long needed, long free) {
    return new HubException(
        HubProblem.FAILED,
        "pull: expected "
            + needed
            + " free bytes in "
            + at
            + ", got "
            + free
            + "; make room or set HF_HUB_CACHE to another folder");
  }

  static HubException refused(HubProblem kind, @Nullable String field, String rest) {
    return new HubException(kind, "pull: expected " + rest, field, /* cause= */ null);
  }

  /// What went wrong, in a few words.
  static String reason(IOException thrown) {
    return switch (thrown) {
      case HttpConnectTimeoutException e -> "no connection in time";
      case ConnectException e ->
          e.getCause() instanceof UnresolvedAddressException
                  || (e.getCause() != null
                      && e.getCause().getCause() instanceof UnresolvedAddressException)
              ? "no address for that host"
              : "no connection";
      default -> OneLine.of(thrown);
    };
  }
}
