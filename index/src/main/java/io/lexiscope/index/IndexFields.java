package io.lexiscope.index;

import io.lexiscope.index.query.Filters;
import io.lexiscope.index.query.NumberRange;
import io.lexiscope.index.query.ResolvedWord;
import io.lexiscope.index.vector.VectorKind;
import io.lexiscope.model.place.VectorName;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FloatPoint;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/// The fields of a vector's document, and the queries on them. A document's number is the vector's.
final class IndexFields {
  static final String ENTRY = "entry";
  static final String NORM = "norm";
  static final String RATE = "rate";
  static final String SPREAD = "spread";
  static final String HIGH = "high";
  static final String LOW = "low";
  private static final String KIND = "kind";
  private static final String LAYER = "layer";
  private static final String TOP = "top";
  private static final String BOTTOM = "bottom";

  private IndexFields() {}

  /// What the scores of a vector are like.
  ///
  /// @param spread standard deviation over the vocabulary
  /// @param high the score that the last of the vector's own words has, [Ranking#OWN_WORDS] from
  ///   the top, above the mean
  /// @param low the same from the bottom
  record Scale(float spread, float high, float low) {}

  /// @param rate NaN where it is not known
  static Document document(
      VectorName name, float norm, float rate, Scale scale, VectorEntry entry) {
    Document document = new Document();
    document.add(new StringField(KIND, VectorKind.of(name).label(), Field.Store.NO));
    document.add(new IntPoint(LAYER, name.layer()));
    document.add(new FloatPoint(NORM, norm));
    document.add(new NumericDocValuesField(NORM, Float.floatToRawIntBits(norm)));
    document.add(new NumericDocValuesField(RATE, Float.floatToRawIntBits(rate)));
    document.add(new NumericDocValuesField(SPREAD, Float.floatToRawIntBits(scale.spread())));
    document.add(new NumericDocValuesField(HIGH, Float.floatToRawIntBits(scale.high())));
    document.add(new NumericDocValuesField(LOW, Float.floatToRawIntBits(scale.low())));
    if (!Float.isNaN(rate)) {
      document.add(new FloatPoint(RATE, rate));
    }
    entry
        .top()
        .forEach(token -> document.add(new StringField(TOP, id(token.id()), Field.Store.NO)));
    entry
        .bottom()
        .forEach(token -> document.add(new StringField(BOTTOM, id(token.id()), Field.Store.NO)));
    document.add(new StoredField(ENTRY, entry.toBytes()));
    return document;
  }

  private static BytesRef id(int id) {
    byte[] bytes = new byte[Integer.BYTES];
    NumericUtils.intToSortableBytes(id, bytes, 0);
    return new BytesRef(bytes);
  }

  /// Which documents pass.
  ///
  /// @param among the words that must be among those kept, resolved
  static Query query(Filters filters, List<ResolvedWord> among) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    if (!filters.kinds().isEmpty()) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (VectorKind kind : filters.kinds()) {
        any.add(new TermQuery(new Term(KIND, kind.label())), Occur.SHOULD);
      }
      all.add(any.build(), Occur.FILTER);
    }
    if (!filters.layers().isEmpty()) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      filters
          .layers()
          .forEach(
              range ->
                  any.add(IntPoint.newRangeQuery(LAYER, range.from(), range.to()), Occur.SHOULD));
      all.add(any.build(), Occur.FILTER);
    }
    NumberRange norm = filters.norm();
    if (norm != null) {
      all.add(FloatPoint.newRangeQuery(NORM, norm.from(), norm.to()), Occur.FILTER);
    }
    NumberRange rate = filters.rate();
    if (rate != null) {
      all.add(FloatPoint.newRangeQuery(RATE, rate.from(), rate.to()), Occur.FILTER);
    }
    for (ResolvedWord word : among) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      String field = word.condition().promotes() ? TOP : BOTTOM;
      for (ResolvedWord.Form form : word.forms()) {
        form.ids().forEach(id -> any.add(new TermQuery(new Term(field, id(id))), Occur.SHOULD));
      }
      all.add(any.build(), Occur.FILTER);
    }
    return all.build();
  }
}
