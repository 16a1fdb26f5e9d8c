package io.lexiscope.analysis.patching;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.ActivationSource;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A patching sweep over pairs of prompts: for each block and position, or block and head, the
/// output with that one value changed.
///
/// ```java
/// var pair = PromptPair.of(model, "The capital of Norway is", "The capital of Japan is");
/// var plan = PatchPlan.of(model.architecture(), HookPoint.RESID_PRE, PatchMetric.PROBABILITY);
/// var report = PatchReport.measure(model, List.of(pair), plan, Turn.immediately());
/// report.grid().cells().get(3).get(-1 + pair.corrupt().size()); // layer 3, last position
/// ```
///
/// @param plan what was patched and measured
/// @param grid what came out
/// @param strongest where cells are positions the one of each block that moves the changed run
///   furthest towards the other, by block; where they are heads the five that move it furthest
/// @see <a href="https://arxiv.org/abs/2309.16042">Zhang and Nanda 2023</a>, on metrics and
///   directions
public record PatchReport(PatchPlan plan, PatchGrid grid, List<PatchGrid.Cell> strongest) {
  private static final int STRONGEST = 5;

  /// Copies the list.
  public PatchReport {
    strongest = List.copyOf(strongest);
  }

  /// Runs the sweep.
  ///
  /// @param model with what is in force in every run
  /// @param pairs at least one; where cells are positions, of prompts of one length, unless there
  ///   is a single pair
  /// @param turn is asked before each piece of native work, and hears how far the work is
  /// @throws PatchException if plan and pairs do not fit each other or the model
  public static PatchReport measure(
      LanguageModel model, List<PromptPair> pairs, PatchPlan plan, Turn turn) {
    plan.requireFit(model.architecture());
    requirePairs(pairs, plan);
    Map<Target, Change> means = means(model, plan, turn);
    List<Measured> all = new ArrayList<>();
    for (PromptPair pair : pairs) {
      all.add(new One(model, pair, plan, means).measure(turn, all.size(), pairs.size()));
    }
    PatchGrid grid = grid(all, plan);
    return new PatchReport(plan, grid, strongest(plan, grid));
  }

  private static List<PatchGrid.Cell> strongest(PatchPlan plan, PatchGrid grid) {
    double clean = grid.clean().value();
    double corrupt = grid.corrupt().value();
    List<PatchGrid.Cell> all =
        plan.direction().changesCorrupt()
            ? grid.furthest(corrupt, clean)
            : grid.furthest(clean, corrupt);
    if (plan.byHead()) {
      return all.subList(0, Math.min(STRONGEST, all.size()));
    }
    return grid.layers().stream()
        .flatMap(layer -> all.stream().filter(cell -> cell.layer() == layer).limit(1))
        .toList();
  }

  private static void requirePairs(List<PromptPair> pairs, PatchPlan plan) {
    if (pairs.isEmpty()) {
      throw new PatchException("patch: expected a pair of prompts, got none");
    }
    PromptPair first = pairs.getFirst();
    for (int i = 0; i < pairs.size(); i++) {
      PromptPair pair = pairs.get(i);
      boolean alike =
          pair.clean().size() == first.clean().size()
              && pair.corrupt().size() == first.clean().size();
      if (pairs.size() > 1 && !plan.byHead() && !alike) {
        throw new PatchException(
            "patch: expected pairs of prompts of one length, %d tokens, to average positions, got %d and %d in pair %d; patch heads, or one pair"
                .formatted(
                    first.clean().size(), pair.clean().size(), pair.corrupt().size(), i + 1));
      }
    }
  }

  private static Map<Target, Change> means(LanguageModel model, PatchPlan plan, Turn turn) {
    Map<Target, Change> changes = new HashMap<>();
    if (plan.direction() == PatchDirection.MEAN) {
      List<Target> targets =
          plan.layers().stream()
              .flatMap(layer -> targets(plan.at().at(layer), model.architecture()).stream())
              .toList();
      List<Change> found =
          new ActivationSource.MeanOver(plan.measure().means())
              .changes(model.onDevice(), targets, turn);
      for (int i = 0; i < targets.size(); i++) {
        changes.put(targets.get(i), found.get(i));
      }
    }
    return changes;
  }

  /// What is patched as one in a block: each head, or everything.
  private static List<Target> targets(HookName place, Architecture architecture) {
    HookPoint point = place.point();
    if (point.headAxis().isEmpty()) {
      return List.of(new Target.Place(place));
    }
    String axis = point.axes().get(point.headAxis().getAsInt());
    return IntStream.range(0, HookPoint.extent(axis, architecture).orElseThrow())
        .<Target>mapToObj(head -> new Target.Head(place, head))
        .toList();
  }

  /// What one pair gave.
  ///
  /// @param cells [layer, position or head]; null where there is nothing to patch
  private record Measured(
      List<List<@Nullable Double>> cells, double clean, double corrupt, TokenAlignment alignment) {}

  /// One pair.
  private record One(
      LanguageModel model, PromptPair pair, PatchPlan plan, Map<Target, Change> means) {

    Measured measure(Turn turn, int done, int pairs) {
      boolean changesCorrupt = plan.direction().changesCorrupt();
      TokenIds changed = changesCorrupt ? pair.corrupt() : pair.clean();
      TokenIds source = changesCorrupt ? pair.clean() : pair.corrupt();
      TokenAlignment alignment =
          takesOther()
              ? TokenAlignment.of(changed, source)
              : new TokenAlignment(TokenAlignment.of(changed, changed).map(), changed.size(), 0);
      float[] clean = turn.take(() -> logits(pair.clean()));
      float[] corrupt = turn.take(() -> logits(pair.corrupt()));
      PatchMetric metric = plan.measure().metric();
      double atClean = metric.of(clean, pair, clean);
      double atCorrupt = metric.of(corrupt, pair, clean);
      if (plan.measure().normalise() && !(Math.abs(atClean - atCorrupt) > 0)) {
        throw new PatchException(
            "patch: expected clean and corrupt runs of another %s to give 0 and 1, got %s for both in pair %d; choose another metric, or leave the numbers as they are"
                .formatted(metric.label(), atClean, done + 1));
      }
      Map<HookName, Change> rows = turn.take(() -> rows(source, alignment));
      List<Cell> cells = cells(rows, alignment);
      double[][] grid = new double[plan.layers().size()][columns(cells)];
      for (double[] row : grid) {
        Arrays.fill(row, Double.NaN);
      }
      double plain = changesCorrupt ? atCorrupt : atClean;
      cells.forEach(cell -> grid[cell.row()][cell.column()] = scaled(plain, atClean, atCorrupt));
      List<Cell> run = cells.stream().filter(cell -> cell.variant() != null).toList();
      new PatchSweep(model, changed, plan.measure().read())
          .run(
              run.stream().map(cell -> Objects.requireNonNull(cell.variant())).toList(),
              new Counted(turn, done, pairs),
              (i, logits) ->
                  grid[run.get(i).row()][run.get(i).column()] =
                      scaled(metric.of(logits, pair, clean), atClean, atCorrupt));
      var known = new boolean[grid.length][grid.length == 0 ? 0 : grid[0].length];
      cells.forEach(cell -> known[cell.row()][cell.column()] = true);
      List<List<@Nullable Double>> table = new ArrayList<>();
      for (int row = 0; row < grid.length; row++) {
        List<@Nullable Double> line = new ArrayList<>();
        for (int column = 0; column < grid[row].length; column++) {
          line.add(known[row][column] ? Double.valueOf(grid[row][column]) : null);
        }
        table.add(line);
      }
      return new Measured(
          table,
          scaled(atClean, atClean, atCorrupt),
          scaled(atCorrupt, atClean, atCorrupt),
          alignment);
    }

    private boolean takesOther() {
      return plan.direction() == PatchDirection.DENOISING
          || plan.direction() == PatchDirection.NOISING;
    }

    private double scaled(double value, double clean, double corrupt) {
      return plan.measure().normalise() ? (value - corrupt) / (clean - corrupt) : value;
    }

    private float[] logits(TokenIds tokens) {
      try (Run run = model.run(tokens, Recording.nothing())) {
        return run.logits(plan.measure().read()).toFloats();
      }
    }

    /// What places of blocks become, where it is the other run's.
    private Map<HookName, Change> rows(TokenIds source, TokenAlignment alignment) {
      Map<HookName, Change> rows = new HashMap<>();
      if (takesOther()) {
        List<HookName> places = plan.layers().stream().map(plan.at()::at).toList();
        try (Run run = model.run(source, Recording.of(places))) {
          places.forEach(
              place -> rows.put(place, new Change.SetRows(run.rows(place), alignment.map())));
        }
      }
      return rows;
    }

    private Change change(Target target, Map<HookName, Change> rows) {
      return switch (plan.direction()) {
        case DENOISING, NOISING -> Objects.requireNonNull(rows.get(target.place()));
        case ZERO -> new Change.Scale(0);
        case MEAN -> Objects.requireNonNull(means.get(target));
      };
    }

    private List<Cell> cells(Map<HookName, Change> rows, TokenAlignment alignment) {
      List<Cell> cells = new ArrayList<>();
      for (int row = 0; row < plan.layers().size(); row++) {
        HookName place = plan.at().at(plan.layers().get(row));
        List<Target> targets = targets(place, model.architecture());
        if (plan.byHead()) {
          for (int head = 0; head < targets.size(); head++) {
            Target target = targets.get(head);
            cells.add(new Cell(row, head, head(target, change(target, rows), alignment)));
          }
        } else {
          Target target = targets.getFirst();
          for (int position = 0; position < alignment.length(); position++) {
            if (alignment.source(position).isPresent()) {
              cells.add(
                  new Cell(row, position, at(target, change(target, rows), alignment, position)));
            }
          }
        }
      }
      return cells;
    }

    private @Nullable Variant head(Target target, Change change, TokenAlignment alignment) {
      Integer only = plan.position();
      if (only != null) {
        int position = only < 0 ? only + alignment.length() : only;
        if (position < 0 || position >= alignment.length()) {
          throw new PatchException(
              "patch: expected a position from %d to %d, got %d"
                  .formatted(-alignment.length(), alignment.length() - 1, only));
        }
        return at(target, change, alignment, position);
      }
      return alignment.firstApart() >= alignment.length()
          ? null
          : new Variant(
              Interventions.of(Intervention.of(target, change)),
              model.architecture().causal() ? alignment.firstApart() : 0);
    }

    /// A patch at one position; null where both runs have the same there.
    private @Nullable Variant at(
        Target target, Change change, TokenAlignment alignment, int position) {
      boolean same = model.architecture().causal() && position < alignment.firstApart();
      return same
          ? null
          : new Variant(
              Interventions.of(Intervention.of(target, change).at(new Where.At(List.of(position)))),
              position);
    }

    private int columns(List<Cell> cells) {
      return 1
          + Math.max(
              cells.stream().mapToInt(Cell::column).max().orElse(-1),
              plan.byHead()
                  ? -1
                  : (plan.direction().changesCorrupt() ? pair.corrupt() : pair.clean()).size() - 1);
    }
  }

  /// A cell and what is run for it; null where nothing changes.
  private record Cell(int row, int column, @Nullable Variant variant) {}

  /// The turns of one pair among several.
  private record Counted(Turn turn, int done, int pairs) implements Turn {
    @Override
    public <T> T take(java.util.function.Supplier<T> pass) {
      return turn.take(pass);
    }

    @Override
    public void progress(long finished, long all, String unit) {
      turn.progress(done * all + finished, pairs * all, unit);
    }

    @Override
    public void letOthersPass() {
      turn.letOthersPass();
    }
  }

  private static PatchGrid grid(List<Measured> all, PatchPlan plan) {
    List<List<@Nullable Estimate>> cells = new ArrayList<>();
    List<List<@Nullable Double>> first = all.getFirst().cells();
    for (int row = 0; row < first.size(); row++) {
      List<@Nullable Estimate> line = new ArrayList<>();
      for (int column = 0; column < first.get(row).size(); column++) {
        int i = row;
        int j = column;
        double[] sample =
            all.stream()
                .map(one -> one.cells().get(i).get(j))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        line.add(sample.length == 0 ? null : Estimate.mean(sample));
      }
      cells.add(line);
    }
    return new PatchGrid(
        plan.layers(),
        cells,
        Estimate.mean(all.stream().mapToDouble(Measured::clean).toArray()),
        Estimate.mean(all.stream().mapToDouble(Measured::corrupt).toArray()),
        all.getFirst().alignment());
  }
}
