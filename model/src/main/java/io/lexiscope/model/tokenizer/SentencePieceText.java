package io.lexiscope.model.tokenizer;

import io.lexiscope.model.tokenizer.SentencePieceModel.Normalization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes a text before it is split, exactly as SentencePiece does: at every place the longest
/// replacement of its compiled table, then spaces.
///
/// The native library takes the first replacement inside each grapheme instead, and a mark before
/// spaces are gone; so this is done here, and it is given the changed text. What is written as an
/// added token is left as it is, and each part between them is changed by itself.
///
/// @see <a
///   href="https://github.com/google/sentencepiece/blob/master/src/normalizer.cc">normalizer.cc</a>,
///   `Normalizer::Normalize`
final class SentencePieceText {
  private static final int SPACE = '▁';

  private final @Nullable CharsMap replacements;
  private final Normalization rules;
  private final boolean prefix;
  private final boolean prefixEverywhere;
  private final Map<Character, List<TokenizerSettings.Added>> added = new HashMap<>();

  /// @param prefix whether a space is put before the text
  /// @param prefixEverywhere whether also before each part behind an added token
  /// @throws TokenizerException if the replacements are damaged
  SentencePieceText(
      Normalization rules,
      boolean prefix,
      boolean prefixEverywhere,
      Collection<TokenizerSettings.Added> tokens,
      String source) {
    this.replacements =
        rules.charsMap().isEmpty() ? null : CharsMap.checked(rules.charsMap(), source);
    this.rules = rules;
    this.prefix = prefix;
    this.prefixEverywhere = prefixEverywhere;
    for (var token : tokens) {
      if (!token.content().isEmpty()) {
        added.computeIfAbsent(token.content().charAt(0), _ -> new ArrayList<>()).add(token);
      }
    }
    added
        .values()
        .forEach(
            list ->
                list.sort(
                    Comparator.comparingInt(
                        (TokenizerSettings.Added token) -> -token.content().length())));
  }

  Spelling of(String text) {
    var spelling = new Spelling();
    int from = 0;
    for (int at = 0; at < text.length(); ) {
      var token = tokenAt(text, at);
      if (token == null) {
        at++;
        continue;
      }
      int next = at + token.content().length();
      part(spelling, text, from, token.lstrip() ? withoutSpaces(text, from, at) : at);
      spelling.appendAsIs(text, at, next);
      at = token.rstrip() ? behindSpaces(text, next) : next;
      from = at;
    }
    part(spelling, text, from, text.length());
    return spelling;
  }

  private TokenizerSettings.@Nullable Added tokenAt(String text, int at) {
    for (var token : added.getOrDefault(text.charAt(at), List.of())) {
      if (text.startsWith(token.content(), at)) {
        return token;
      }
    }
    return null;
  }

  private static int withoutSpaces(String text, int from, int to) {
    int end = to;
    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static int behindSpaces(String text, int from) {
    int start = from;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return start;
  }

  /// What stands at one place.
  ///
  /// @param text what is put there
  /// @param bytes how many bytes it takes the place of
  private record Step(String text, int bytes) {}

  private Step step(byte[] bytes, int at) {
    var longest = replacements == null ? null : replacements.longest(bytes, at);
    if (longest != null) {
      return new Step(longest.text(), longest.bytes());
    }
    int lead = bytes[at] & 0xFF;
    int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return new Step(new String(bytes, at, length, StandardCharsets.UTF_8), length);
  }

  private void part(Spelling out, String text, int from, int to) {
    byte[] bytes = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
    boolean remove = rules.removeExtraSpaces();
    int at = 0;
    int utf16 = from;
    while (remove && at < bytes.length) {
      Step step = step(bytes, at);
      if (!step.text().equals(" ")) {
        break;
      }
      utf16 += utf16Length(bytes, at, step.bytes());
      at += step.bytes();
    }
    if (at == bytes.length) {
      return;
    }
    int begin = out.size();
    boolean mark = prefix && (prefixEverywhere || from == 0);
    if (mark && !rules.spacesBehind()) {
      out.append(SPACE, utf16, utf16);
    }
    boolean behindSpace = remove;
    while (at < bytes.length) {
      Step step = step(bytes, at);
      int next = utf16 + utf16Length(bytes, at, step.bytes());
      int first = 0;
      while (behindSpace && first < step.text().length() && step.text().charAt(first) == ' ') {
        first++;
      }
      String put = step.text().substring(first);
      for (int i = 0; i < put.length(); ) {
        int codePoint = put.codePointAt(i);
        out.append(codePoint == ' ' ? SPACE : codePoint, utf16, next);
        i += Character.charCount(codePoint);
      }
      if (!put.isEmpty()) {
        behindSpace = remove && put.endsWith(" ");
      }
      utf16 = next;
      at += step.bytes();
    }
    if (remove) {
      out.removeAllLast(SPACE, begin);
    }
    if (mark && rules.spacesBehind()) {
      out.append(SPACE, to, to);
    }
  }

  private static int utf16Length(byte[] bytes, int from, int length) {
    int count = 0;
    for (int i = from; i < from + length; i++) {
      int lead = bytes[i] & 0xFF;
      count += (lead & 0xC0) == 0x80 ? 0 : lead >= 0xF0 ? 2 : 1;
    }
    return count;
  }
}
