package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.server.access.Peer;
import io.linecast.server.limit.AddressBlock;
import io.linecast.server.limit.AddressCounts;
import io.linecast.server.limit.AddressRates;
import io.linecast.server.limit.Rate;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets in no more from one address than there may be, and no faster. Whoever is counted when it
 * comes is given back when its connection closes, whatever became of it. Safe from any thread.
 */
final class AddressLimit implements Entry.Step {

  /** How many addresses are remembered that came in the last second: 256 KiB. */
  private static final int PLACES = 1 << 14;

  private final LimitOptions options;
  private final AcceptPace pace;
  private final AddressCounts counts = new AddressCounts();

  /** From the first that it is needed for. Under this object's lock. */
  private @Nullable AddressRates rates;

  /**
   * Nobody is there.
   *
   * @param pace of the ports whose connections pass, told of those that are refused
   */
  AddressLimit(LimitOptions options, AcceptPace pace) {
    this.options = options;
    this.pace = pace;
  }

  @Override
  public void pass(Entry entry) {
    Peer peer = Peer.of(entry.socket());
    OptionalLong block = blockOf(peer);
    if (block.isEmpty() || isLetIn(entry, block.getAsLong(), peer.isLocal())) {
      entry.proceed();
    }
  }

  /** A unix socket's other end has no address; nor has who is gone already. */
  static OptionalLong blockOf(Peer peer) {
    return !peer.unix()
            && peer.address() instanceof InetSocketAddress internet
            && internet.getAddress() != null
        ? OptionalLong.of(AddressBlock.of(internet.getAddress()))
        : OptionalLong.empty();
  }

  private boolean isLetIn(Entry entry, long block, boolean local) {
    int rate = rate(local);
    if (rate > 0 && ratesOf(rate).take(block, 1, System.nanoTime()) > 0) {
      return refuse(entry, Limit.ACCEPT_RATE_PER_ADDRESS);
    }
    int most = most(local);
    if (most > 0) {
      if (!counts.tryAdd(block, most)) {
        return refuse(entry, Limit.MAX_PER_ADDRESS);
      }
      entry.socket().closeFuture().addListener(closed -> counts.remove(block));
    }
    return true;
  }

  private boolean refuse(Entry entry, Limit reached) {
    pace.onRefused();
    entry.refuse(CloseReason.CROWDED, reached);
    return false;
  }

  private int most(boolean local) {
    return options.maxPerAddress().orElse(local ? 0 : LimitOptions.DEFAULT_PER_ADDRESS);
  }

  private int rate(boolean local) {
    return options
        .acceptRatePerAddress()
        .orElse(local ? 0 : LimitOptions.DEFAULT_ACCEPT_RATE_PER_ADDRESS);
  }

  /** The rate is the same for all that have one. */
  private synchronized AddressRates ratesOf(int rate) {
    if (rates == null) {
      rates = new AddressRates(Rate.perSecond(rate), PLACES, System.nanoTime());
    }
    return rates;
  }
}
