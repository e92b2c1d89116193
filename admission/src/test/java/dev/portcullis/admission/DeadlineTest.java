package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void itExpiresWhenItsTimeHasCome() {
    var deadline = Deadline.afterNanos(10, clock::get);

    assertThat(deadline.remaining()).isEqualTo(10);
    assertThat(deadline.expired()).isFalse();
    clock.addAndGet(9);
    assertThat(deadline.expired()).isFalse();
    clock.incrementAndGet();
    assertThat(deadline.expired()).isTrue();
    assertThat(deadline.remaining()).isZero();
    clock.addAndGet(3);
    assertThat(deadline.remaining()).isEqualTo(-3);
  }

  @Test
  void theSoonerOfTwoCounts() {
    var deadline = Deadline.afterNanos(10, clock::get);

    assertThat(deadline.sooner(20)).isSameAs(deadline);
    assertThat(deadline.sooner(4).remaining()).isEqualTo(4);
    assertThat(deadline.sooner(-1).expired()).isTrue();
    assertThat(Deadline.none(clock::get).sooner(Long.MAX_VALUE).expired()).isFalse();
    assertThat(Deadline.none(clock::get).sooner(Long.MIN_VALUE).expired()).isTrue();
  }

  @Test
  void noneNeverExpires() {
    assertThat(Deadline.none().expired()).isFalse();
    assertThat(Deadline.none().remaining()).isEqualTo(Long.MAX_VALUE);
  }
}
