/// Wraps messages in a model's own chat template.
///
/// ```
///  chat_template ──TemplateLexer──► pieces ──TemplateParser──► parts, Expr ──Renderer──► text
///                                                                   ▲
///                      messages, special tokens, the date ──────────┘
/// ```
///
/// Templates come out of files from anywhere: an interpreter of the part of Jinja that they use,
/// without any way to Java's objects, counts its steps and what it writes, and stops.
///
/// Memory: a template's tree, and text up to a limit. Threads: a template is immutable. Start with
/// [io.lexiscope.model.chat.ChatTemplate].
@NullMarked
package io.lexiscope.model.chat;

import org.jspecify.annotations.NullMarked;
