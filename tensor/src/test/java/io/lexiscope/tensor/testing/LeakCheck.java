package io.lexiscope.tensor.testing;

import io.lexiscope.tensor.TensorScope;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Fails a test, or a test class, that leaves native tensors behind. Registered for every test
/// through the service loader.
public final class LeakCheck
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    remember(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    check(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    remember(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    check(context);
  }

  private static void remember(ExtensionContext context) {
    context.getStore(NAMESPACE).put(context.getUniqueId(), TensorScope.liveTensors());
  }

  private static void check(ExtensionContext context) {
    Long before = context.getStore(NAMESPACE).get(context.getUniqueId(), Long.class);
    long after = TensorScope.liveTensors();
    if (before != null && after != before) {
      throw new AssertionError(
          "expected as many live native tensors after "
              + context.getDisplayName()
              + " as before ("
              + before
              + "), got "
              + after);
    }
  }
}
