package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountTest {

  @Test
  void shouldBalanceWhenEveryLineIsAccountedForOnce() {
    assertThat(new Account(10, 6, 3, 1).balances()).isTrue();
    assertThat(Account.NONE.balances()).isTrue();
  }

  @Test
  void shouldNotBalanceWhenALineIsMissingOrCountedTwice() {
    assertThat(new Account(10, 6, 2, 1).balances()).isFalse();
    assertThat(new Account(10, 7, 3, 1).balances()).isFalse();
  }

  @Test
  void shouldSayInWordsThatItDoesNotBalance() {
    assertThat(new Account(10, 6, 3, 1))
        .hasToString("eligible 10 = delivered 6 + skipped 3 + pending 1");
    assertThat(new Account(10, 6, 3, 2).toString()).contains("DOES NOT BALANCE");
  }
}
