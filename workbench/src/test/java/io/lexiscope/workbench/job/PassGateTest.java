package io.lexiscope.workbench.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PassGateTest {
  private final PassGate gate = new PassGate(/* passes= */ 1);
  private final Cancellation never = new Cancellation();

  @Test
  void noMorePassesRunAtOnceThanTheGateLets() throws Exception {
    var two = new PassGate(/* passes= */ 2);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (var pass = 0; pass < 50; pass++) {
                      two.pass(
                          () -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            return running.decrementAndGet();
                          },
                          never);
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(most.get()).isBetween(1, 2);
    assertThat(running).hasValue(0);
  }

  @Test
  void thoseWhoWaitAreServedInTheOrderTheyCame() throws Exception {
    var held = new CountDownLatch(1);
    var holder = hold(held);
    var order = Collections.synchronizedList(new ArrayList<Integer>());
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < 5; i++) {
      var number = i;
      threads.add(waiting(() -> gate.pass(() -> order.add(number), never)));
    }

    held.countDown();
    holder.join();
    for (var thread : threads) {
      thread.join();
    }

    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void aLongPassLetsThoseWhoWaitGoFirst() throws Exception {
    var order = Collections.synchronizedList(new ArrayList<String>());
    var asked = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var longOne =
        Thread.ofPlatform()
            .start(
                () ->
                    gate.pass(
                        () -> {
                          asked.countDown();
                          await(go);
                          order.add("first step");
                          gate.letOthersPass();
                          return order.add("second step");
                        },
                        never));
    asked.await();
    var shortOne = waiting(() -> gate.pass(() -> order.add("short"), never));

    go.countDown();
    longOne.join();
    shortOne.join();

    assertThat(order).containsExactly("first step", "short", "second step");
  }

  @Test
  void cancellingEndsTheWaitAndTheNextInLineIsServed() throws Exception {
    var held = new CountDownLatch(1);
    var holder = hold(held);
    var cancellation = new Cancellation();
    var thrown = Collections.synchronizedList(new ArrayList<RuntimeException>());
    var impatient =
        waiting(
            () -> {
              try {
                gate.pass(() -> "never", cancellation);
              } catch (WorkbenchException e) {
                thrown.add(e);
              }
            });
    var served = new CountDownLatch(1);
    var patient =
        waiting(
            () ->
                gate.pass(
                    () -> {
                      served.countDown();
                      return 0;
                    },
                    never));

    cancellation.cancel();
    impatient.join();
    held.countDown();
    served.await();
    holder.join();
    patient.join();

    assertThat(thrown).hasSize(1);
    assertThat(gate.pass(() -> "free", never)).isEqualTo("free");
  }

  @Test
  void aPassThatFailsGivesItsTurnOn() {
    assertThatThrownBy(
            () ->
                gate.pass(
                    () -> {
                      throw new IllegalStateException("broken");
                    },
                    never))
        .hasMessage("broken");

    assertThat(gate.pass(() -> 1, never)).isEqualTo(1);
  }

  private Thread hold(CountDownLatch until) throws InterruptedException {
    var holding = new CountDownLatch(1);
    var thread =
        Thread.ofPlatform()
            .start(
                () ->
                    gate.pass(
                        () -> {
                          holding.countDown();
                          await(until);
                          return 0;
                        },
                        never));
    holding.await();
    return thread;
  }

  /// A thread that has come to wait.
  private static Thread waiting(Runnable body) throws InterruptedException {
    var thread = Thread.ofPlatform().start(body);
    while (!List.of(Thread.State.WAITING, Thread.State.TERMINATED).contains(thread.getState())) {
      Thread.sleep(1);
    }
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
