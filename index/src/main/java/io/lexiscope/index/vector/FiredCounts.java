package io.lexiscope.index.vector;

import io.lexiscope.base.Journal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// At how many positions of some windows each neuron fired.
final class FiredCounts {
  /// How they are written down.
  static final Journal.Form<FiredCounts> FORM =
      new Journal.Form<>() {
        @Override
        public String name() {
          return "fired";
        }

        @Override
        public void write(FiredCounts part, DataOutput out) throws IOException {
          out.writeInt(part.windows);
          out.writeInt(part.fired.length);
          out.writeInt(part.fired[0].length);
          for (int[] layer : part.fired) {
            for (int count : layer) {
              out.writeInt(count);
            }
          }
        }

        @Override
        public FiredCounts read(DataInput in) throws IOException {
          int windows = in.readInt();
          FiredCounts part = new FiredCounts(in.readInt(), in.readInt());
          part.windows = windows;
          for (int[] layer : part.fired) {
            for (int neuron = 0; neuron < layer.length; neuron++) {
              layer[neuron] = in.readInt();
            }
          }
          return part;
        }
      };

  private final int[][] fired;
  private int windows;

  FiredCounts(int layers, int neurons) {
    this.fired = new int[layers][neurons];
  }

  /// Adds the counts of a layer in one window.
  void add(int layer, float[] counts) {
    for (int neuron = 0; neuron < counts.length; neuron++) {
      fired[layer][neuron] += (int) counts[neuron];
    }
  }

  void endWindow() {
    windows++;
  }

  /// How many windows were read.
  int windows() {
    return windows;
  }

  void addTo(long[][] sums) {
    for (int layer = 0; layer < fired.length; layer++) {
      for (int neuron = 0; neuron < fired[layer].length; neuron++) {
        sums[layer][neuron] += fired[layer][neuron];
      }
    }
  }
}
