package io.lexiscope.index.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.index.query.Condition.AnyForm;
import io.lexiscope.index.query.Condition.Exactly;
import io.lexiscope.index.query.Filters.LayerRange;
import io.lexiscope.index.vector.VectorKind;
import io.lexiscope.model.place.BiasName;
import io.lexiscope.model.place.DirectionName;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.place.VectorName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Queries and what they mean.
class SearchQueryTest {
  private static Condition promotes(Condition.Word word) {
    return new Condition(word, /* promotes= */ true);
  }

  private static Condition suppresses(Condition.Word word) {
    return new Condition(word, /* promotes= */ false);
  }

  @Test
  void everyPartIsRead() {
    SearchQuery query =
        SearchQuery.parse(
            "promotes:fire,\"to burn\" suppresses:water,#12 layer:2-4,7 kind:neuron,bias norm:>3"
                + " rate:0.01-0.5 sign:both top:ash ember");

    assertThat(query.conditions())
        .containsExactly(
            promotes(new AnyForm("fire")),
            promotes(new Exactly("to burn")),
            suppresses(new AnyForm("water")),
            suppresses(new Condition.Id(12)),
            promotes(new AnyForm("ember")));
    assertThat(query.filters().layers())
        .containsExactly(new LayerRange(2, 4), new LayerRange(7, 7));
    assertThat(query.filters().kinds()).isEqualTo(Set.of(VectorKind.NEURON, VectorKind.BIAS));
    assertThat(query.filters().norm())
        .isEqualTo(new NumberRange(Math.nextUp(3f), Float.POSITIVE_INFINITY));
    assertThat(query.filters().rate()).isEqualTo(new NumberRange(0.01f, 0.5f));
    assertThat(query.filters().among()).containsExactly(promotes(new AnyForm("ash")));
    assertThat(query.order()).isEqualTo(Order.EITHER);
    assertThat(query.onlySuppresses()).isFalse();
    assertThat(SearchQuery.parse("suppresses:a,b").onlySuppresses()).isTrue();
  }

  @Test
  void aLeadingSpaceMakesAWordExact() {
    assertThat(SearchQuery.parse(" Oslo").conditions())
        .containsExactly(promotes(new Exactly(" Oslo")));
    assertThat(SearchQuery.parse("Oslo").conditions())
        .containsExactly(promotes(new AnyForm("Oslo")));
    assertThat(SearchQuery.parse(" fire burn").conditions())
        .containsExactly(promotes(new AnyForm("fire")), promotes(new AnyForm("burn")));
  }

  @ParameterizedTest
  @CsvSource({"L3N12", "L3D12", "l3n12", "v4_13", "v^4_13", "V4_13"})
  void aNeuronHasSeveralSpellings(String name) {
    assertThat(SearchQuery.parse("like:" + name).like())
        .isEqualTo(new NeuronName(/* layer= */ 3, /* index= */ 12));
  }

  @Test
  void headsAndBiasesHaveNames() {
    for (VectorName name :
        List.of(
            new DirectionName(new HeadName(/* layer= */ 1, /* head= */ 2), /* direction= */ 3),
            new BiasName(/* layer= */ 4, BiasName.Part.MLP),
            new BiasName(/* layer= */ 5, BiasName.Part.ATTENTION))) {
      assertThat(VectorName.parse(name.toString())).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          layer:2 | search: expected a word or like:L3N812 to rank by, got neither; add one
          colour:red | search: expected one of the keys promotes, suppresses, like, layer, kind, norm, fires, sign, top or bottom, got colour; put a word with a colon in double quotes
          fire layer:4-2 | search: expected layer:3, layer:2-4 or layer:0,5, got layer:4-2
          fire layer:x | search: expected layer:3, layer:2-4 or layer:0,5, got layer:x
          fire kind:atom | search: expected kind:neuron, kind:head, kind:bias or kind:any, got kind:atom
          fire norm:big | search: expected norm:>3, norm:<=3 or norm:2-3.5, got norm:big
          fire norm:>1 norm:<2 | search: expected norm: once, got it twice; leave one out
          fire sign:up | search: expected sign:+, sign:- or sign:both, got sign:up
          like:me | search: expected like:L3N812, like:L3H5D0, like:L3.b_mlp or like:L3.b_attn, got like:me
          like:3.12 | search: expected like:L3N812, like:L3H5D0, like:L3.b_mlp or like:L3.b_attn, got like:3.12, which may be the neuron L3N12 or the head L3H12; write the one you mean
          like:l2h1 | search: expected like:L3N812, like:L3H5D0, like:L3.b_mlp or like:L3.b_attn, got like:L2H1, which is a head
          promotes:fire, | search: expected a word, got none before a comma or the end; put a comma in double quotes
          "fire | search: expected a closing double quote, got none after "fire
          "fire"works | search: expected a space or a comma after "fire", got w
          """)
  void whatCannotBeUnderstoodIsRefused(String query, String message) {
    assertThatThrownBy(() -> SearchQuery.parse(query))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }
}
