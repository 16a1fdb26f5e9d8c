package io.lexiscope.tensor.internal.kernel;

import io.lexiscope.tensor.block.BlockType;
import java.lang.reflect.InvocationTargetException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Decides whether products go through the kernels of this package.
///
/// The first thousands of calls of a kernel are a thousand times slower than later ones: the
/// compiler has to see them before a vector operation becomes one instruction. So the kernels are
/// warmed up on a thread of their own, group by group, and each group is used from the moment it
/// has shown its speed. That begins when a process says that it will read a model, else once there
/// is work that makes it worth while. A product so large that libtorch would take longer than what
/// is left of warming up waits for it.
public final class Kernels {
  private static final String VECTORS = "jdk.incubator.vector";

  /// Products after which all groups are warmed up: a single short pass is over before that.
  private static final int CALLS_BEFORE_WARM_UP = 400;

  /// Slowest acceptable kernel, in multiplications per nanosecond and lane of a vector. Vectors
  /// that are not compiled to instructions reach a hundredth of it.
  private static final double SLOWEST = 0.05;

  /// Failed warm-ups after which vectors count as unusable here, as without fused multiply-add.
  private static final int MOST_FAILURES = 2;

  /// After so long the warming up of a group is given up, until there have been as many products
  /// again.
  private static final int WARM_UP_SECONDS = 60;

  /// Multiplications for which it is worth waiting: two or three seconds in libtorch.
  private static final double WORTH_WAITING = 1e11;

  /// Most that such a product waits. A warm-up takes some tenths of it; where it takes this long,
  /// vectors are not compiled, and nobody waits again.
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.AUTO);
  private final AtomicInteger calls = new AtomicInteger();

  /// Guards what follows, and is notified when a group is warm or given up.
  private final Object warming = new Object();

  private volatile Set<KernelGroup> warm = Set.of();
  private final Set<KernelGroup> wanted = EnumSet.noneOf(KernelGroup.class);
  private final Set<BlockType> met = EnumSet.noneOf(BlockType.class);
  private boolean running;
  private int failures;
  private volatile boolean impatient;

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

  /// Whether [#available] could load the vectors' module, as far as can be said without loading it.
  public static boolean reachable() {
    return ModuleLayer.boot().findModule(VECTORS).isPresent()
        || Object.class.getModule().isExported("jdk.internal.module", Kernels.class.getModule());
  }

  /// Whether it has turned out that vectors do not work here.
  public boolean unusable() {
    return Boolean.FALSE.equals(available);
  }

  /// Whether products of several rows go through the kernels now.
  public boolean inUse() {
    return inUse(KernelGroup.MANY_ROWS);
  }

  /// Whether what a group does goes through the kernels now.
  public boolean inUse(KernelGroup group) {
    return switch (mode.get()) {
      case OFF -> false;
      case ALWAYS -> !unusable();
      case AUTO -> warm.contains(group);
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

  /// The kernels, if a product is to go through them now; waits for them where that is quicker.
  ///
  /// @param multiplications of the product
  public Optional<Products> forProduct(KernelGroup group, double multiplications) {
    return switch (mode.get()) {
      case OFF -> Optional.empty();
      case ALWAYS -> available() ? Optional.of(products()) : Optional.empty();
      case AUTO -> {
        if (!warm.contains(group)) {
          if (group == KernelGroup.BLOCKS) {
            // Widening for libtorch, call by call, costs more than anything else.
            begin(EnumSet.of(group, KernelGroup.FEW_ROWS, KernelGroup.MANY_ROWS));
          } else if (calls.incrementAndGet() == CALLS_BEFORE_WARM_UP) {
            begin(EnumSet.allOf(KernelGroup.class));
          }
          // Without kernels every product with blocks widens all of them first.
          boolean worthIt = group == KernelGroup.BLOCKS || multiplications >= WORTH_WAITING;
          if (!worthIt || impatient) {
            yield Optional.empty();
          }
          impatient = !await(EnumSet.of(group), PATIENCE_NANOS);
        }
        yield warm.contains(group) ? Optional.of(products()) : Optional.empty();
      }
    };
  }

  /// The kernels, if they are in use; for work beside the products, which alone are counted.
  public Optional<Products> ready(KernelGroup group) {
    return inUse(group) && available() ? Optional.of(products()) : Optional.empty();
  }

  /// There are weights of a type: its loops are warmed up with the others, or anew.
  public void meet(BlockType type) {
    synchronized (warming) {
      if (met.add(type) && warm.contains(KernelGroup.BLOCKS)) {
        Set<KernelGroup> others = EnumSet.copyOf(warm);
        others.remove(KernelGroup.BLOCKS);
        warm = others;
      }
    }
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

  /// Begins to warm up what a first reading of a model needs, on a thread of its own, unless the
  /// kernels are switched off.
  public void prepare() {
    begin(EnumSet.of(KernelGroup.READINGS, KernelGroup.MANY_ROWS));
  }

  /// Runs every kernel on small operands until all of them are fast.
  ///
  /// @return whether they are; false also where vectors turn out not to work here
  public boolean warmUp() {
    return await(EnumSet.allOf(KernelGroup.class), WARM_UP_SECONDS * 1_000_000_000L);
  }

  private void begin(Set<KernelGroup> groups) {
    synchronized (warming) {
      wanted.addAll(groups);
      if (running || warm.containsAll(wanted) || mode.get() == Mode.OFF || unusable()) {
        return;
      }
      running = true;
    }
    Thread thread = new Thread(this::warmGroups, "lexiscope-kernel-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private boolean await(Set<KernelGroup> groups, long nanos) {
    begin(groups);
    long until = System.nanoTime() + nanos;
    synchronized (warming) {
      try {
        while (running && !warm.containsAll(groups) && System.nanoTime() < until) {
          warming.wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return warm.containsAll(groups);
    }
  }

  private void warmGroups() {
    Optional<KernelGroup> next = next();
    while (next.isPresent()) {
      Set<BlockType> types = met();
      boolean fast = warmed(next.get(), types);
      synchronized (warming) {
        if (fast && next.get() == KernelGroup.BLOCKS && !types.equals(met)) {
          // Another type has come meanwhile.
          next = next();
          continue;
        }
        if (fast) {
          Set<KernelGroup> more = EnumSet.of(next.get());
          more.addAll(warm);
          warm = more;
          impatient = false;
        } else {
          wanted.clear();
          calls.set(0);
          failures++;
          if (failures == MOST_FAILURES) {
            available = false;
          }
        }
      }
      next = next();
    }
  }

  /// The next group to warm up; where there is none this thread ends.
  private Optional<KernelGroup> next() {
    synchronized (warming) {
      Optional<KernelGroup> next =
          mode.get() == Mode.OFF
              ? Optional.empty()
              : wanted.stream().filter(group -> !warm.contains(group)).findFirst();
      running = next.isPresent();
      warming.notifyAll();
      return next;
    }
  }

  private Set<BlockType> met() {
    synchronized (warming) {
      return EnumSet.copyOf(met);
    }
  }

  private boolean warmed(KernelGroup group, Set<BlockType> types) {
    try {
      return available() && new WarmUp(products(), types).until(group, SLOWEST, WARM_UP_SECONDS);
    } catch (LinkageError unusable) {
      available = false;
      return false;
    }
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
