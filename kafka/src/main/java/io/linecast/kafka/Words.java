package io.linecast.kafka;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** What Kafka's failures mean, for an operator. */
final class Words {

  private Words() {}

  /** Whether none of the brokers' names leads to an address. */
  static boolean isOfUnknownHost(KafkaException failure) {
    return failure.getCause() instanceof ConfigException cause
        && String.valueOf(cause.getMessage()).contains("No resolvable bootstrap");
  }

  static String of(Throwable failure) {
    return switch (failure) {
      case TimeoutException e -> "it does not answer (" + e.getMessage() + ")";
      case NotEnoughReplicasException _ -> "too few of its replicas are in sync";
      case AuthenticationException e ->
          "it does not let this server in; look at --kafka-config (" + e.getMessage() + ")";
      case AuthorizationException e ->
          "it does not allow that to this server (" + e.getMessage() + ")";
      case InvalidReplicationFactorException e ->
          "look at --kafka-replication (" + e.getMessage() + ")";
      case RecordTooLargeException _ ->
          "a line is too long for the topic; see its max.message.bytes, and --max-line";
      case KafkaException e when isOfUnknownHost(e) -> "no such host is known";
      case KafkaException e -> e.getCause() == null ? plain(e) : plain(e) + ": " + of(e.getCause());
      default -> plain(failure);
    };
  }

  private static String plain(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
