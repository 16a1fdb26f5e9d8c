package io.lexiscope.tensor.kernel;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Decides whether products go through the kernels of this package.
///
/// The first thousands of calls of a kernel are a thousand times slower than later ones: the
/// compiler has to see them before a vector operation becomes one instruction. So the kernels are
/// warmed up on a thread of their own, once there is work that makes it worth while, and are used
/// from the moment they have shown their speed.
public final class Kernels {
  private static final String VECTORS = "jdk.incubator.vector";

  /// Products after which warming up begins: a single short pass is over before it would be done.
  private static final int CALLS_BEFORE_WARM_UP = 400;

  /// Slowest acceptable kernel, in multiplications per nanosecond and lane of a vector. Vectors
  /// that are not compiled to instructions reach a hundredth of it.
  private static final double SLOWEST = 0.05;

  /// After so long the warming up is given up, until there have been as many products again.
  private static final int WARM_UP_SECONDS = 60;

  private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.AUTO);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicBoolean warm = new AtomicBoolean();
  private volatile @Nullable Products products;
  private volatile @Nullable Boolean available;

  /// Whether to use the kernels.
  public enum Mode {
    /// Once they are warm.
    AUTO,
    /// From the first call on, however slow that is.
    ALWAYS,
    /// Not at all.
    OFF
  }

  /// Whether this Java has vectors. The first call loads their module.
  public boolean available() {
    Boolean known = available;
    return known == null ? look() : known;
  }

  private synchronized boolean look() {
    Boolean known = available;
    if (known == null) {
      known = moduleIsThere();
      available = known;
    }
    return known;
  }

  /// Whether it has turned out that vectors do not work here.
  public boolean unusable() {
    return Boolean.FALSE.equals(available);
  }

  /// Whether products go through the kernels now.
  public boolean inUse() {
    return switch (mode.get()) {
      case OFF -> false;
      case ALWAYS -> !unusable();
      case AUTO -> warm.get();
    };
  }

  /// What was asked for.
  public Mode mode() {
    return mode.get();
  }

  /// Sets whether to use the kernels.
  public void use(Mode wanted) {
    mode.set(wanted);
  }

  /// The kernels, if a product is to go through them now.
  public Optional<Products> forProduct() {
    return switch (mode.get()) {
      case OFF -> Optional.empty();
      case ALWAYS -> available() ? Optional.of(products()) : Optional.empty();
      case AUTO -> {
        if (warm.get()) {
          yield Optional.of(products());
        }
        if (calls.incrementAndGet() == CALLS_BEFORE_WARM_UP) {
          startWarmUp();
        }
        yield Optional.empty();
      }
    };
  }

  /// The kernels, if they are in use; for work beside the products, which alone are counted.
  public Optional<Products> ready() {
    return inUse() && available() ? Optional.of(products()) : Optional.empty();
  }

  private Products products() {
    Products known = products;
    return known == null ? firstProducts() : known;
  }

  private synchronized Products firstProducts() {
    Products known = products;
    if (known == null) {
      known = new Products();
      products = known;
    }
    return known;
  }

  private void startWarmUp() {
    Thread thread =
        new Thread(
            () -> {
              if (!warmUp()) {
                calls.set(0);
              }
            },
            "lexiscope-kernel-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /// Runs every kernel on small operands until all of them are fast.
  ///
  /// @return whether they are; false also where vectors turn out not to work here
  public synchronized boolean warmUp() {
    try {
      if (!warm.get() && available() && new WarmUp(products()).until(SLOWEST, WARM_UP_SECONDS)) {
        warm.set(true);
      }
    } catch (LinkageError unusable) {
      available = false;
    }
    return warm.get();
  }

  /// The module is loaded here rather than by an option of the start: an incubating module that is
  /// part of the start makes the JVM print a warning and rebuild its module graph every time. This
  /// needs `--add-exports java.base/jdk.internal.module=ALL-UNNAMED`; without it, and without
  /// `--add-modules jdk.incubator.vector`, everything goes through libtorch.
  private static boolean moduleIsThere() {
    if (ModuleLayer.boot().findModule(VECTORS).isPresent()) {
      return true;
    }
    try {
      Object module =
          Class.forName("jdk.internal.module.Modules")
              .getMethod("loadModule", String.class)
              .invoke(null, VECTORS);
      return module != null;
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException absent) {
      return false;
    }
  }
}
