package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaHeapTest {

  @Test
  void shouldReadTheTotalWithoutWhatIsOnlyFilledIn() {
    String histogram =
        """
        4242:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:            10           5000  [B (java.base@25)
           2:             3            700  [Ljdk.internal.vm.FillerElement; (java.base@25)
           3:             1             16  jdk.internal.vm.FillerObject (java.base@25)
        Total            14           5716
        """;

    assertThat(JavaHeap.total(histogram)).hasValue(5000);
  }

  @Test
  void shouldNotTakeAnErrorForAFigure() {
    assertThat(JavaHeap.total("4242:\ncom.sun.tools.attach.AttachNotSupportedException")).isEmpty();
  }
}
