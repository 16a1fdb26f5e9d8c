/// Small things that every module needs and none should write again.
///
/// ```
///  bytes, texts ──► WholeFile ──► a file, whole or as it was        Csv ──► a table as text
///  bytes, texts ──► Digest ──► SHA-256, SHA-1                       OneLine ──► what an error says
///  paths ──► RegularFile ──► no pipe, no device
///  a file ──► PlainText ──► its text    digits ──► PlainText ──► a finite number
///  parts of long work ──► Journal ──► given back after the process died
///  samples ──► Estimate ──► value and 95 % interval                 seed ──► Seeded ──► random numbers
/// ```
///
/// Memory: nothing is kept. Threads: static methods, records and a [FloatVector] may be shared; a
/// [Digest], a [Csv], a [Journal] and a generator of [Seeded] belong to one thread. Start with
/// [WholeFile].
@NullMarked
package io.lexiscope.base;

import org.jspecify.annotations.NullMarked;
