package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.simulation.Request.Answer;
import io.linecast.core.simulation.Request.Send;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one sender has said under which numbers, what became of it, and what he knows of that. No
 * number may ever become two lines, and every answer must be true and stay the same.
 */
final class AckLedger {

  private static final int NONE = -1;

  private final SimulatedChannel channel;

  /** In the order of their numbers; what is said of a place is said of a place here. */
  private final List<Send> sends = new ArrayList<>();

  private final Map<Long, Integer> placeOf = new HashMap<>();
  private final BitSet answered = new BitSet();
  private final Map<Long, Integer> lineOf = new HashMap<>();
  private final Map<Long, Answer> answers = new HashMap<>();
  private long highestAccepted;

  AckLedger(SimulatedChannel channel) {
    this.channel = channel;
  }

  int size() {
    return sends.size();
  }

  Send get(int place) {
    return sends.get(place);
  }

  Send add(long number, String text) {
    Send send = new Send(number, text);
    placeOf.put(number, sends.size());
    sends.add(send);
    return send;
  }

  boolean hasUsed(long number) {
    return placeOf.containsKey(number);
  }

  /** The places whose fate he does not know, rising. */
  List<Integer> unanswered() {
    List<Integer> places = new ArrayList<>();
    int place = answered.nextClearBit(0);
    for (; place < sends.size(); place = answered.nextClearBit(place + 1)) {
      places.add(place);
    }
    return places;
  }

  boolean hasUnanswered() {
    return answered.nextClearBit(0) < sends.size();
  }

  long highestAccepted() {
    return highestAccepted;
  }

  /** These are being accepted, as the next lines: each for the first time, and in his words. */
  void onAccepted(List<Long> numbers, ByteBuffer run) {
    String all = StandardCharsets.ISO_8859_1.decode(run.duplicate()).toString();
    String[] texts = all.split("\n", -1);
    for (int i = 0; i < numbers.size(); i++) {
      long number = numbers.get(i);
      Integer before = lineOf.put(number, channel.transcript().lines() + i);
      unless(before == null, "%s: number %d is line %d already", channel, number, before);
      int place = placeOf.getOrDefault(number, NONE);
      unless(place >= 0, "%s: number %d was never used", channel, number);
      unless(texts[i].equals(sends.get(place).text()), "%s: %s", channel, texts[i]);
    }
    highestAccepted = numbers.getLast();
  }

  /** Answers say what really became of a number, every time. */
  void onAnswer(AckClient from, Send send, Answer answer) {
    unless(send.number() == answer.number(), "%s: %s for %s", from, answer, send);
    @Nullable Integer place = placeOf.get(send.number());
    if (place != null) {
      answered.set(place);
    }
    Integer line = lineOf.get(send.number());
    if (answer.line() == 0) {
      boolean mayFail = place == null || channel.isClosing();
      unless(line == null && mayFail, "%s: %s failed, is line %s", from, send, line);
      return;
    }
    unless(line != null && line == answer.line() - 1, "%s: %s is %s", from, answer, line);
    unless(channel.transcript().contains(send.text(), line), "%s: %s", from, answer);
    Answer before = answers.putIfAbsent(send.number(), answer);
    unless(before == null || before.equals(answer), "%s: %s, was %s", from, answer, before);
  }
}
