package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void textIsQuotedAndNumbersAreNot() {
    String table =
        new Csv("kind,text,number")
            .line(new Csv.Word("top"), "a \"b\",\n=1", 3)
            .line(null, "", 0.1f)
            .toString();

    assertThat(table).isEqualTo("kind,text,number\r\ntop,\"a \"\"b\"\",\n=1\",3\r\n,\"\",0.1\r\n");
  }

  @Test
  void whatIsNoNumberIsAnEmptyField() {
    assertThat(Csv.row(Double.NaN, Float.POSITIVE_INFINITY, -0.5, 7L)).isEqualTo(",,-0.5,7\r\n");
  }
}
