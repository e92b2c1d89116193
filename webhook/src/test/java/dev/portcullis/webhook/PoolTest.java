package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {
  @Test
  void aConnectionThatIsAloneGetsWhatWasMeantForOne() {
    for (int amount : List.of(1, 2, 3, 7, 512, 100_000)) {
      var pool = Pool.forOne(amount);
      assertThat(takeAll(pool, new Pool.Holder(new Pool.Holder()))).isEqualTo(amount);
    }
  }

  @Test
  void whoeverHoldsNothingFindsRoomHoweverMuchOthersTake() {
    var pool = new Pool(2_000);
    List<Pool.Holder> greedy = new ArrayList<>();
    var sameAddress = new Pool.Holder();
    for (int i = 0; i < 100; i++) {
      greedy.add(new Pool.Holder(i % 2 == 0 ? sameAddress : new Pool.Holder()));
    }
    for (int round = 0; round < 2_000; round++) {
      for (Pool.Holder one : greedy) {
        pool.take(one, 1);
      }
    }
    assertThat(pool.take(new Pool.Holder(new Pool.Holder()), 1)).isTrue();
    assertThat(pool.take(new Pool.Holder(sameAddress), 1)).isTrue();
  }

  @Test
  void connectionsOfOneAddressLeaveRoomForAnother() {
    var pool = new Pool(1_000);
    var address = new Pool.Holder();
    int taken = 0;
    for (int i = 0; i < 2_000; i++) {
      taken += pool.take(new Pool.Holder(address), 1) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(875);
    assertThat(pool.take(new Pool.Holder(new Pool.Holder()), 1)).isTrue();
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    var pool = Pool.forOne(10);
    var one = new Pool.Holder(new Pool.Holder());
    assertThat(takeAll(pool, one)).isEqualTo(10);
    pool.giveBack(one, 10);
    assertThat(pool.taken()).isZero();
    assertThat(takeAll(pool, one)).isEqualTo(10);
  }

  @Test
  void moreThanThereIsCannotBeTakenAtOnce() {
    var pool = new Pool(100);
    var one = new Pool.Holder(new Pool.Holder());
    assertThat(pool.take(one, Long.MAX_VALUE / 8)).isFalse();
    assertThat(pool.take(one, 101)).isFalse();
    assertThat(pool.taken()).isZero();
  }

  private static int takeAll(Pool pool, Pool.Holder holder) {
    int taken = 0;
    while (pool.take(holder, 1)) {
      taken++;
    }
    return taken;
  }
}
