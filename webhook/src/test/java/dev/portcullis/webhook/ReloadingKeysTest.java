package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReloadingKeysTest {
  @Test
  void aHandshakeUnderWayKeepsTheKeyOfItsCertificate() throws Exception {
    ServingCertificate first = SelfSigned.make("a");
    ServingCertificate second = SelfSigned.make("b");
    var keys = new ReloadingKeys();
    keys.replace(first);
    String alias = Objects.requireNonNull(keys.chooseEngineServerAlias("EC", null, null));

    keys.replace(second);

    assertThat(keys.getPrivateKey(alias)).isEqualTo(first.key());
    assertThat(keys.getCertificateChain(alias)).containsExactlyElementsOf(first.chain());
    String next = Objects.requireNonNull(keys.chooseEngineServerAlias("EC", null, null));
    assertThat(next).isNotEqualTo(alias);
    assertThat(keys.getPrivateKey(next)).isEqualTo(second.key());
    assertThat(keys.getCertificateChain(next)).containsExactlyElementsOf(second.chain());
    assertThat(keys.current()).isEqualTo(second);
  }

  @Test
  void offersItsCertificateOnlyWhereItsKeyFits() throws Exception {
    var keys = new ReloadingKeys();
    keys.replace(SelfSigned.make("a"));

    assertThat(keys.chooseEngineServerAlias("EC", null, null)).isNotNull();
    assertThat(keys.chooseEngineServerAlias("EC_RSA", null, null)).isNotNull();
    assertThat(keys.getServerAliases("EC", null)).hasSize(1);
    assertThat(keys.chooseEngineServerAlias("RSA", null, null)).isNull();
    assertThat(keys.chooseServerAlias("EdDSA", null, null)).isNull();
    assertThat(keys.getServerAliases("RSA", null)).isNull();
    assertThat(keys.getPrivateKey("server-7")).isNull();
    assertThat(keys.getCertificateChain("server-7")).isNull();
  }
}
