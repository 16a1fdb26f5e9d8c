package io.lexiscope.workbench.job;

import io.lexiscope.base.Journal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps one job where it outlives the process.
interface JobKeeper {
  /// Keeps nothing.
  JobKeeper NONE =
      new JobKeeper() {
        @Override
        public boolean keeps() {
          return false;
        }

        @Override
        public Journal journal(String identity) {
          return Journal.none();
        }

        @Override
        public void save(JobView view) {}

        @Override
        public void finish(JobView view, @Nullable Record result, List<JobEvent> last) {}
      };

  /// Whether anything outlives the process.
  boolean keeps();

  /// Where finished parts of its work are written down.
  ///
  /// @param identity what the parts depend on
  Journal journal(String identity);

  /// The job is in another state, or further.
  ///
  /// @param view without its result
  void save(JobView view);

  /// The job has ended; nothing more comes.
  ///
  /// @param view without its result
  /// @param result its result, or null
  /// @param last its newest events
  void finish(JobView view, @Nullable Record result, List<JobEvent> last);
}
