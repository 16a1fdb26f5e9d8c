package io.lexiscope.analysis.detox;

import io.lexiscope.base.Journal;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.tokenizer.TokenIds;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// How the finished parts of an experiment are written down.
final class DetoxParts {
  /// What a group of prompts was continued by.
  static final Journal.Form<List<Continued>> CONTINUATIONS =
      listOf(
          "continuations",
          (one, out) -> {
            write(one.prompt(), out);
            write(one.continuation(), out);
          },
          in -> new Continued(ids(in), ids(in)));

  /// The losses of some texts.
  static final Journal.Form<List<TextLoss>> LOSSES =
      listOf(
          "losses",
          (one, out) -> {
            out.writeDouble(one.nats());
            out.writeInt(one.tokens());
          },
          in -> new TextLoss(in.readDouble(), in.readInt()));

  /// Chosen neurons with the reason.
  static final Journal.Form<List<NeuronEffects.Effect>> EFFECTS =
      listOf(
          "signed effects",
          (one, out) -> {
            out.writeInt(one.neuron().layer());
            out.writeInt(one.neuron().index());
            out.writeDouble(one.effect());
            out.writeInt(one.sign());
          },
          in ->
              new NeuronEffects.Effect(
                  new Target.Neuron(in.readInt(), in.readInt()), in.readDouble(), in.readInt()));

  /// What a scorer says of texts.
  static final Journal.Form<List<Double>> SCORES =
      listOf("scores", (score, out) -> out.writeDouble(score), DataInput::readDouble);

  private DetoxParts() {}

  private interface Writer<T> {
    void write(T one, DataOutput out) throws IOException;
  }

  private interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  private static <T> Journal.Form<List<T>> listOf(String name, Writer<T> writer, Reader<T> reader) {
    return new Journal.Form<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void write(List<T> part, DataOutput out) throws IOException {
        out.writeInt(part.size());
        for (T one : part) {
          writer.write(one, out);
        }
      }

      @Override
      public List<T> read(DataInput in) throws IOException {
        int size = in.readInt();
        List<T> part = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          part.add(reader.read(in));
        }
        return part;
      }
    };
  }

  private static void write(TokenIds ids, DataOutput out) throws IOException {
    out.writeInt(ids.size());
    for (int id : ids.stream().toArray()) {
      out.writeInt(id);
    }
  }

  private static TokenIds ids(DataInput in) throws IOException {
    int[] ids = new int[in.readInt()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.readInt();
    }
    return TokenIds.of(ids);
  }
}
