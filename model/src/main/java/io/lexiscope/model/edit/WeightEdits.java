package io.lexiscope.model.edit;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.matrix.BlockMatrix;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.LowRank;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.matrix.Outputs;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.WeightLayout;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Patches laid over the weights of a model while this is open. The weights themselves are not
/// touched: a view of the model ([io.lexiscope.model.LanguageModel#with]) computes `x·W + (x·A)·B`
/// wherever a patched matrix is used or read, and the model beside it goes on as it was, to the
/// bit.
///
/// Owns the factors. After [#close] views refuse to be used; a pass that is running ends first. May
/// be shared between threads.
public final class WeightEdits implements AutoCloseable {
  private final Architecture architecture;
  private final PatchStack patches;
  private final List<String> hashes;
  private final TensorScope scope;
  private int users;
  private boolean closed;

  @SuppressWarnings("MustBeClosedChecker") // closed by the last user after close()
  private WeightEdits(Architecture architecture, PatchStack patches) {
    this.architecture = architecture;
    this.patches = patches;
    this.hashes = patches.hashes();
    this.scope = TensorScope.open();
  }

  /// Opens patches for models of one architecture.
  ///
  /// @throws EditException if a patch has other widths than its target
  /// @throws io.lexiscope.model.config.ConfigException if a target does not exist
  @MustBeClosed
  public static WeightEdits open(Architecture architecture, PatchStack patches) {
    patches.requireFit(architecture);
    return new WeightEdits(architecture, patches);
  }

  /// The patches, in order.
  public PatchStack patches() {
    return patches;
  }

  /// What each patch does, [WeightPatch#hash], in order.
  public List<String> hashes() {
    return hashes;
  }

  /// Throws if these edits have ended.
  ///
  /// @throws EditException if [#close] was called
  public synchronized void requireOpen() {
    if (closed) {
      throw new EditException(
          "edits: expected open edits, got %d patches that were closed%s; use the model without them, or open them again"
              .formatted(
                  patches.patches().size(),
                  patches.isEmpty() ? "" : ", first of " + patches.patches().getFirst().target()));
    }
  }

  /// Runs what uses the factors; they stay until it is done.
  ///
  /// @throws EditException if these edits have ended
  public <T extends @Nullable Object> T use(Supplier<T> body) {
    enter();
    try {
      return body.get();
    } finally {
      leave();
    }
  }

  private synchronized void enter() {
    requireOpen();
    users++;
  }

  private synchronized void leave() {
    users--;
    freeIfUnused();
  }

  /// The same weights with these patches on top of what is laid over them already.
  ///
  /// @throws EditException if these edits have ended
  public ModelWeights<Tensor> over(ModelWeights<Tensor> weights) {
    return use(
        () -> {
          IdentityHashMap<Linear<Tensor>, List<Placed>> byMap = new IdentityHashMap<>();
          for (WeightPatch patch : patches.patches()) {
            BlockMatrix<Tensor> matrix = weights.matrix(patch.target(), architecture);
            byMap
                .computeIfAbsent(matrix.linear(), _ -> new ArrayList<>())
                .add(new Placed(patch, matrix.outputs()));
          }
          return weights.mapBlockLinears(
              linear -> {
                List<Placed> here = byMap.get(linear);
                return here == null ? linear : linear.adding(added(linear, here));
              });
        });
  }

  /// A patch and the outputs of the map that are its target's.
  private record Placed(WeightPatch patch, Outputs outputs) {}

  private LowRank<Tensor> added(Linear<Tensor> linear, List<Placed> here) {
    boolean outIn = linear.layout() == WeightLayout.OUT_IN;
    int inputs = Math.toIntExact(linear.weight().size(outIn ? 1 : 0));
    int outputs = Math.toIntExact(linear.weight().size(outIn ? 0 : 1));
    int rank = here.stream().mapToInt(placed -> placed.patch().rank()).sum();
    float[] a = new float[inputs * rank];
    float[] b = new float[rank * outputs];
    int k = 0;
    for (Placed placed : here) {
      for (PatchTerm term : placed.patch().terms()) {
        float[] input = term.input().toArray();
        for (int i = 0; i < inputs; i++) {
          a[i * rank + k] = input[i];
        }
        float[] output = term.output().toArray();
        for (int j = 0; j < output.length; j++) {
          b[k * outputs + placed.outputs().place(j)] = output[j];
        }
        k++;
      }
    }
    Device device = linear.weight().device();
    LowRank<Tensor> below = linear.added();
    List<Tensor> factors =
        scope.call(
            () ->
                TensorScope.tidy(
                    () -> {
                      Tensor down = Tensors.of(a, Shape.of(inputs, rank)).to(device);
                      Tensor up = Tensors.of(b, Shape.of(rank, outputs)).to(device);
                      return below == null
                          ? List.of(down, up)
                          : List.of(
                              Tensors.cat(List.of(below.a(), down), 1),
                              Tensors.cat(List.of(below.b(), up), 0));
                    }));
    return new LowRank<>(factors.getFirst(), factors.getLast());
  }

  /// Ends these edits: views with them refuse to be used. The factors are freed when no pass uses
  /// them any more. Closing twice is harmless.
  @Override
  public synchronized void close() {
    closed = true;
    freeIfUnused();
  }

  private void freeIfUnused() {
    if (closed && users == 0) {
      scope.close();
    }
  }
}
