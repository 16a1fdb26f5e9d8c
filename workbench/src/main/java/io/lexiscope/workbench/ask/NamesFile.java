package io.lexiscope.workbench.ask;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says that a text of a request names a file or folder. No other text of a request is made a path
/// of.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NamesFile {
  /// What it is for.
  FileUse value();
}
