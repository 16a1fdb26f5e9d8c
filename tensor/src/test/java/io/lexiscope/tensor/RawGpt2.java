package io.lexiscope.tensor;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// GPT-2's forward pass written straight on libtorch, with nothing of ours in between: the
/// yardstick for what the facade and the hook points cost.
public final class RawGpt2 {
  private record Block(
      List<org.bytedeco.pytorch.Tensor> norm1,
      List<org.bytedeco.pytorch.Tensor> qkv,
      List<org.bytedeco.pytorch.Tensor> out,
      List<org.bytedeco.pytorch.Tensor> norm2,
      List<org.bytedeco.pytorch.Tensor> in,
      List<org.bytedeco.pytorch.Tensor> down) {}

  private final int heads;
  private final org.bytedeco.pytorch.Tensor tokens;
  private final org.bytedeco.pytorch.Tensor positions;
  private final List<Block> blocks;
  private final List<org.bytedeco.pytorch.Tensor> finalNorm;

  /// @param weights the checkpoint's tensors by their names without prefix
  public RawGpt2(Function<String, Tensor> weights, int layers, int heads) {
    this.heads = heads;
    this.tokens = weights.apply("wte.weight").handle("raw");
    this.positions = weights.apply("wpe.weight").handle("raw");
    this.finalNorm = pair(weights, "ln_f");
    this.blocks =
        java.util.stream.IntStream.range(0, layers)
            .mapToObj(
                layer ->
                    new Block(
                        pair(weights, "h." + layer + ".ln_1"),
                        pair(weights, "h." + layer + ".attn.c_attn"),
                        pair(weights, "h." + layer + ".attn.c_proj"),
                        pair(weights, "h." + layer + ".ln_2"),
                        pair(weights, "h." + layer + ".mlp.c_fc"),
                        pair(weights, "h." + layer + ".mlp.c_proj")))
            .toList();
  }

  private static List<org.bytedeco.pytorch.Tensor> pair(
      Function<String, Tensor> weights, String module) {
    return List.of(
        weights.apply(module + ".weight").handle("raw"),
        weights.apply(module + ".bias").handle("raw"));
  }

  /// The last residual stream after the final norm, copied out.
  public float[] forward(Tensor ids) {
    try (var _ = new PointerScope();
        TensorOptional none = new TensorOptional();
        DoubleOptional standard = new DoubleOptional()) {
      long length = ids.size(1);
      long width = tokens.size(1);
      org.bytedeco.pytorch.Tensor x =
          torch.embedding(tokens, ids.handle("raw")).add(positions.narrow(0, 0, length));
      for (Block block : blocks) {
        org.bytedeco.pytorch.Tensor qkv = linear(norm(x, block.norm1, width), block.qkv);
        org.bytedeco.pytorch.Tensor z =
            torch.scaled_dot_product_attention(
                head(qkv, 0, width),
                head(qkv, 1, width),
                head(qkv, 2, width),
                none,
                0.0,
                /* causal= */ true,
                standard,
                false);
        x = x.add(linear(z.transpose(1, 2).reshape(1, length, width), block.out));
        org.bytedeco.pytorch.Tensor hidden = linear(norm(x, block.norm2, width), block.in);
        x = x.add(linear(torch.gelu(hidden, "tanh"), block.down));
      }
      org.bytedeco.pytorch.Tensor last = norm(x, finalNorm, width);
      float[] numbers = new float[(int) last.numel()];
      new org.bytedeco.javacpp.FloatPointer(last.data_ptr()).get(numbers);
      return numbers;
    }
  }

  private org.bytedeco.pytorch.Tensor head(org.bytedeco.pytorch.Tensor qkv, int third, long width) {
    return qkv.narrow(-1, third * width, width)
        .reshape(1, qkv.size(1), heads, width / heads)
        .transpose(1, 2);
  }

  private static org.bytedeco.pytorch.Tensor norm(
      org.bytedeco.pytorch.Tensor x, List<org.bytedeco.pytorch.Tensor> weights, long width) {
    return torch.layer_norm(
        x,
        new long[] {width},
        new TensorOptional(weights.get(0)),
        new TensorOptional(weights.get(1)),
        1e-5,
        false);
  }

  private static org.bytedeco.pytorch.Tensor linear(
      org.bytedeco.pytorch.Tensor x, List<org.bytedeco.pytorch.Tensor> weights) {
    org.bytedeco.pytorch.Tensor rows = x.reshape(-1, x.size(-1));
    return torch.addmm(weights.get(1), rows, weights.get(0)).reshape(1, x.size(1), -1);
  }
}
