package io.lexiscope.analysis.study;

import java.util.List;

/// The measurements of one paper, to be taken again.
public interface Study {

  /// Its name on the command line.
  String name();

  /// The paper, as one would cite it.
  String source();

  /// The checks, in the order of the report. None is made before it is asked for.
  List<Step> checks(StudySubject subject);

  /// One or several checks that share their work.
  ///
  /// @param name what is checked, for the progress line
  /// @param measure makes the checks
  record Step(String name, Measurement measure) {}

  /// Makes checks.
  @FunctionalInterface
  interface Measurement {
    /// The checks' results.
    ///
    /// @param turns runs each piece of native work
    List<StudyCheck> take(Turns turns);
  }

  /// Runs pieces of native work one at a time, and says when to stop by an exception.
  @FunctionalInterface
  interface Turns {
    /// Runs a piece of work of some seconds.
    void run(Runnable work);
  }
}
