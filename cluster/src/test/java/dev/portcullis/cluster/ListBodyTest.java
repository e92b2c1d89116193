package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.json.JsonSlice;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListBodyTest {
  private static final String LIST =
      """
      {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"x\\"]","remainingItemCount":3},
       "items": [ {"a":"}]{[\\\\","items":[1,[2]]} ,{"b":{"c":[{}]}, "d":"\\"}"}, {} ]}
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
  void handsOverEachObjectHoweverItComes(int piece) throws Exception {
    var read = new Read(LIST, piece);
    assertThat(read.objects)
        .containsExactly(
            "{\"a\":\"}]{[\\\\\",\"items\":[1,[2]]}",
            "{\"b\":{\"c\":[{}]}, \"d\":\"\\\"}\"}",
            "{}");
    assertThat(ObjectDecoder.page(read.body.frame()).continuation()).isEqualTo("x\"]");
    assertThat(read.heads).containsExactly("7 x\"] 3", "7 x\"] 3", "7 x\"] 3");
    assertThat(
            new String(
                read.body.with(",{}".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
        .endsWith("\"items\": [,{}]}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"items\":[{\"a\":1}],\"metadata\":{\"continue\":\"c\"}}|{\"a\":1}|c",
        "{\"items\":null,\"metadata\":{\"continue\":\"c\"}}||c",
        "{\"items\":[]}||''",
        "{\"x\":[{\"items\":[{}]}],\"kind\":\"items\",\"y\":[{}],\"items\":[{\"b\":2}]}|{\"b\":2}|''",
        "{\"metadata\":{}}||''"
      })
  void findsTheObjectsOfAnyList(String list, String object, String continuation) throws Exception {
    var read = new Read(list, 5);
    assertThat(read.objects).isEqualTo(object == null ? List.of() : List.of(object));
    assertThat(ObjectDecoder.page(read.body.frame()).continuation()).isEqualTo(continuation);
  }

  @Test
  void objectsAndWhatStandsAroundThemAreBounded() {
    var large = new Read("{\"items\":[{\"a\":\"" + "x".repeat(9 << 20) + "\"}]}", 16_384);
    assertThat(large.body.failure())
        .hasMessage("the API server sent an object of more than 8388608 bytes");
    var frame = new Read("{\"metadata\":\"" + "x".repeat(1 << 20), 16_384);
    assertThat(frame.body.failure()).hasMessage("the API server sent a list that cannot be read");
    assertThat(frame.cancelled).isTrue();
  }

  /** A list that came in pieces of one size. */
  private static final class Read implements AsyncBody {
    final List<String> objects = new ArrayList<>();
    final List<String> heads = new ArrayList<>();
    final ListBody body = new ListBody(this::take);
    boolean cancelled;

    Read(String list, int piece) {
      byte[] bytes = list.getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < bytes.length && !cancelled; from += piece) {
        int length = Math.min(piece, bytes.length - from);
        body.consume(List.of(ByteBuffer.wrap(bytes, from, length)), this);
      }
    }

    private boolean take(JsonSlice object, ListBody list)
        throws dev.portcullis.policy.json.JsonException {
      objects.add(new String(object.copy(), StandardCharsets.UTF_8));
      ObjectDecoder.ListPage head = list.head();
      heads.add(
          head.resourceVersion() + " " + head.continuation() + " " + head.remaining().orElse(0));
      return true;
    }

    @Override
    public void consume() {}

    @Override
    public CompletableFuture<Void> done() {
      return new CompletableFuture<>();
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
