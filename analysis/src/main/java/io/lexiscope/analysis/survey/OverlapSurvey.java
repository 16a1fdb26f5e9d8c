package io.lexiscope.analysis.survey;

import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Intersection scores by depth.
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, §3.1–3.3</a>
final class OverlapSurvey {
  private final WordSpread words;
  private final int k;
  private final int longest;
  private final List<List<double[]>> scores = new ArrayList<>();

  OverlapSurvey(LanguageModel model, SurveyPlan plan) {
    this.words = WordSpread.of(model);
    this.k = Math.min(plan.k(), model.architecture().dimensions().vocabulary());
    this.longest = Math.min(plan.heads(), model.architecture().block().attention().heads().heads());
    for (int layer = 0; layer < model.architecture().layers(); layer++) {
      scores.add(new ArrayList<>());
    }
  }

  static Recording recording(LanguageModel model) {
    return HeadLayer.recording(model)
        .and(Recording.of(HookPoint.ATTN_OUT, HookPoint.RESID_POST).at(-1));
  }

  /// Adds one prompt, read at its last position.
  void add(Run run) {
    for (int layer = 0; layer < scores.size(); layer++) {
      int at = layer;
      TensorScope.tidyRun(() -> scores.get(at).add(layer(run, at)));
    }
  }

  /// Scores of one layer: longest heads, other heads, values, outputs.
  private double[] layer(Run run, int layer) {
    int last = run.length() - 1;
    HeadLayer attention = HeadLayer.of(run, layer);
    Tensor heads = attention.outputs(List.of(last)).squeeze(0);
    float[] lengths = heads.norm(-1, /* keepAxis= */ false).toFloats();
    List<Integer> order =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer head) -> -lengths[head]))
            .toList();
    List<Tensor> vectors = new ArrayList<>(List.of(heads));
    for (int head : order.subList(0, longest)) {
      Tensor memory = attention.memory(head, last);
      long most = memory.norm(-1, /* keepAxis= */ false).argmax(0).toLongs()[0];
      vectors.add(memory.select(0, most).unsqueeze(0));
    }
    vectors.add(run.activation(HookPoint.ATTN_OUT.at(layer), last).unsqueeze(0));
    vectors.add(run.activation(HookPoint.RESID_POST.at(layer), last).unsqueeze(0));
    long[][] top = words.leading(Tensors.cat(vectors, 0), k);
    long[] attended = top[lengths.length + longest];
    double first = 0;
    double values = 0;
    double rest = 0;
    for (int i = 0; i < order.size(); i++) {
      double shared = IntersectionScore.of(top[order.get(i)], attended);
      if (i < longest) {
        first += shared / longest;
        values += IntersectionScore.of(top[lengths.length + i], top[order.get(i)]) / longest;
      } else {
        rest += shared / (order.size() - longest);
      }
    }
    return new double[] {
      first,
      order.size() > longest ? rest : Double.NaN,
      values,
      IntersectionScore.of(attended, top[lengths.length + longest + 1])
    };
  }

  List<OverlapLayer> layers() {
    return IntStream.range(0, scores.size())
        .mapToObj(
            layer ->
                new OverlapLayer(
                    layer, mean(layer, 0), mean(layer, 1), mean(layer, 2), mean(layer, 3)))
        .toList();
  }

  private Estimate mean(int layer, int which) {
    return Estimate.mean(
        scores.get(layer).stream().mapToDouble(of -> of[which]).filter(Double::isFinite).toArray());
  }
}
