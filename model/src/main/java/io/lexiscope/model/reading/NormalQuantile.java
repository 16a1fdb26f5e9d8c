package io.lexiscope.model.reading;

/// The quantile of the normal distribution far out in its tail.
public final class NormalQuantile {
  private NormalQuantile() {}

  /// The number that a standard normal one exceeds with a given probability, to about fifteen
  /// digits.
  ///
  /// @param probability above 0, at most 0.5
  /// @see <a href="https://doi.org/10.2307/2347330">Wichura 1988, algorithm AS 241</a>, PPND16
  public static double upper(double probability) {
    if (!(probability > 0 && probability <= 0.5)) {
      throw new IllegalArgumentException(
          "normal quantile: expected a probability above 0 and at most 0.5, got " + probability);
    }
    double q = 0.5 - probability;
    if (q <= 0.425) {
      double r = 0.180625 - q * q;
      return q
          * (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r
                                              + 45921.95393154987)
                                          * r
                                      + 13731.69376550946)
                                  * r
                              + 1971.5909503065513)
                          * r
                      + 133.14166789178438)
                  * r
              + 3.3871328727963665)
          / (((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r
                                              + 21213.794301586597)
                                          * r
                                      + 5394.196021424751)
                                  * r
                              + 687.1870074920579)
                          * r
                      + 42.31333070160091)
                  * r
              + 1.0);
    }
    double r = Math.sqrt(-Math.log(probability));
    if (r <= 5) {
      r -= 1.6;
      return (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r
                                              + 1.2704582524523684)
                                          * r
                                      + 3.6478483247632045)
                                  * r
                              + 5.769497221460691)
                          * r
                      + 4.630337846156546)
                  * r
              + 1.4234371107496835)
          / (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457)
                                                  * r
                                              + 0.14810397642748008)
                                          * r
                                      + 0.6897673349851)
                                  * r
                              + 1.6763848301838038)
                          * r
                      + 2.053191626637759)
                  * r
              + 1.0);
    }
    r -= 5;
    return (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784)
                                                * r
                                            + 0.026532189526576124)
                                        * r
                                    + 0.29656057182850487)
                                * r
                            + 1.7848265399172913)
                        * r
                    + 5.463784911164114)
                * r
            + 6.657904643501103)
        / (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r
                                            + 0.0007868691311456133)
                                        * r
                                    + 0.014875361290850615)
                                * r
                            + 0.1369298809227358)
                        * r
                    + 0.599832206555888)
                * r
            + 1.0);
  }
}
