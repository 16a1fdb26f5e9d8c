package io.lexiscope.tensor;

import com.google.errorprone.annotations.MustBeClosed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Owner of native tensors. A tensor is born in the innermost scope and is freed when that scope
/// closes, unless it was returned out of it. The current scope travels in a scoped value, so scopes
/// cannot be left unbalanced.
///
/// ```java
/// Tensor probabilities = TensorScope.tidy(() -> logits.div(temperature).softmax(-1)); // the quotient is freed here
///
/// try (TensorScope weights = TensorScope.open()) {                                      // a longer-lived owner
///   Tensor w = weights.call(() -> Tensors.zeros(Shape.of(2, 3)));
/// }
/// ```
public final class TensorScope implements AutoCloseable {
  private static final ScopedValue<TensorScope> CURRENT = ScopedValue.newInstance();
  private static final AtomicLong LIVE = new AtomicLong();

  private final List<Tensor> owned = new ArrayList<>();
  private boolean closed;

  private TensorScope() {}

  /// A scope that lives until it is closed; tensors are born in it inside [#call] and [#run].
  @MustBeClosed
  public static TensorScope open() {
    return new TensorScope();
  }

  /// Runs the body in a scope of its own and frees all it made but the tensors of its result, which
  /// move to the enclosing scope.
  ///
  /// @param body returns a [Tensor], a [TensorHolder], a collection, map or optional of these, or a
  ///   value without tensors
  /// @throws TensorException if the result carries tensors born inside and there is no enclosing
  ///   scope
  public static <T extends @Nullable Object> T tidy(Supplier<T> body) {
    TensorScope parent = CURRENT.isBound() ? CURRENT.get() : null;
    TensorScope scope = new TensorScope();
    try {
      T result = ScopedValue.where(CURRENT, scope).call(body::get);
      scope.release(result, parent);
      return result;
    } finally {
      scope.close();
    }
  }

  /// Runs the body in a scope of its own and frees all it made.
  public static void tidyRun(Runnable body) {
    TensorScope scope = new TensorScope();
    try {
      ScopedValue.where(CURRENT, scope).run(body);
    } finally {
      scope.close();
    }
  }

  /// Runs the body with this scope as the innermost: what it makes lives until this scope closes.
  ///
  /// @throws TensorException if this scope is closed
  public <T extends @Nullable Object> T call(Supplier<T> body) {
    requireOpen();
    return ScopedValue.where(CURRENT, this).call(body::get);
  }

  /// As [#call], for a body that may throw a checked exception.
  public <T extends @Nullable Object> T callChecked(Callable<T> body) throws Exception {
    requireOpen();
    return ScopedValue.where(CURRENT, this).call(body::call);
  }

  /// As [#call], without a result.
  public void run(Runnable body) {
    requireOpen();
    ScopedValue.where(CURRENT, this).run(body);
  }

  /// Moves the tensors of a value into this scope from wherever they live.
  ///
  /// @return the value
  public <T> T adopt(T value) {
    requireOpen();
    moveTensors(value, this);
    return value;
  }

  /// Number of native tensors alive in the process, over all scopes. For leak tests.
  public static long liveTensors() {
    return LIVE.get();
  }

  /// Frees every tensor this scope still owns. Closing twice is harmless.
  @Override
  public synchronized void close() {
    closed = true;
    for (Tensor tensor : owned) {
      if (tensor.owner() == this) {
        tensor.free();
        LIVE.decrementAndGet();
      }
    }
    owned.clear();
  }

  static TensorScope current(String operation) {
    if (!CURRENT.isBound()) {
      throw new TensorException(
          operation
              + ": expected an open tensor scope, got none; wrap the call in TensorScope.tidy(() -> …) or scope.call(…)");
    }
    return CURRENT.get();
  }

  synchronized void register(Tensor tensor) {
    requireOpen();
    owned.add(tensor);
    LIVE.incrementAndGet();
  }

  private synchronized void receive(Tensor tensor) {
    requireOpen();
    owned.add(tensor);
  }

  private void release(@Nullable Object result, @Nullable TensorScope parent) {
    if (parent != null) {
      moveTensors(result, parent);
      return;
    }
    List<Tensor> found = new ArrayList<>();
    collect(result, found);
    for (Tensor tensor : found) {
      if (tensor.owner() == this) {
        throw new TensorException(
            "tidy: expected an enclosing scope to receive the returned tensor "
                + tensor
                + ", got none; read its numbers inside, or open a scope around the call");
      }
    }
  }

  private void moveTensors(@Nullable Object value, TensorScope target) {
    List<Tensor> found = new ArrayList<>();
    collect(value, found);
    for (Tensor tensor : found) {
      if (tensor.owner() == target || (target != this && tensor.owner() != this)) {
        continue;
      }
      tensor.moveTo(target);
      target.receive(tensor);
    }
  }

  private static void collect(@Nullable Object value, List<Tensor> into) {
    switch (value) {
      case null -> {}
      case Tensor tensor -> into.add(tensor);
      case TensorHolder holder -> holder.tensors().forEach(into::add);
      case Collection<?> many -> many.forEach(item -> collect(item, into));
      case Map<?, ?> map -> map.values().forEach(item -> collect(item, into));
      case Optional<?> optional -> optional.ifPresent(item -> collect(item, into));
      default -> {}
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new TensorException("scope: expected an open tensor scope, got one that is closed");
    }
  }
}
