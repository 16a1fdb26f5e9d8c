package io.lexiscope.workbench.lens;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.ReadAgainst;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

class LensCsvTest {
  @Test
  void everyWordOfAReadingIsALineWithItsPlace() {
    var lines = LensCsv.write(result()).split("\r\n");

    assertThat(lines)
        .containsExactly(
            LensCsv.COLUMNS,
            "\"place\",3,0,\" say \"\"hi\"\"\",,,2.5,0.1,top,1,7,\",\",0.5,1.0",
            "\"place\",3,0,\" say \"\"hi\"\"\",,,2.5,0.1,target,12,9,\"=b\",,-2.0");
  }

  @Test
  void everyLineHasAsManyFieldsAsThereAreColumns() {
    var lines = LensCsv.write(result()).split("\r\n");

    for (var line : lines) {
      var bare = line.replaceAll("\"(?:[^\"]|\"\")*\"", "");
      assertThat(bare.chars().filter(c -> c == ',').count()).as(line).isEqualTo(13);
    }
  }

  private static LensResult result() {
    var provenance =
        new Provenance(
            "m",
            "w",
            "c",
            /* tokenizerHash= */ null,
            "float32",
            "cpu",
            "on",
            /* arithmetic= */ null,
            0L,
            /* patches= */ null,
            /* interventions= */ null,
            /* notes= */ null,
            "0",
            "25");
    var reading =
        new PlaceReading(
            "place",
            /* layer= */ 3,
            /* position= */ 0,
            /* head= */ null,
            /* neuron= */ null,
            /* norm= */ 2.5,
            /* entropy= */ 0.1,
            List.of(new TokenReading(7, ",", 0.5, 1)),
            /* bottom= */ null,
            new TargetReading(9, "=b", Double.NaN, -2, 12),
            /* against= */ null,
            /* otherMass= */ 0.5,
            /* leftOut= */ null);
    return new LensResult(
        new ResultHeader(
            "m",
            List.of(new TokenView(1, " say \"hi\"")),
            provenance,
            /* notFinite= */ null,
            /* notes= */ null),
        new ReadAgainst(Baseline.MEAN, /* starsBeyond= */ 5.2, /* underTrained= */ 0),
        ConventionView.of(LensConvention.FINAL_NORM),
        new LensSpan(List.of("place"), List.of(3), List.of(0), /* readings= */ 1),
        List.of(reading),
        /* target= */ null,
        /* against= */ null,
        new TokenReading(7, ",", 0.5, 1),
        /* vocabulary= */ 10,
        LensUnits.standard(),
        /* milliseconds= */ 1);
  }
}
