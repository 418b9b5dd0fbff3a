/// How much a decoder may take, whatever a file asks for.
public struct DecodingLimits: Hashable, Sendable {
  /// The most bytes that compressed input may inflate to: 4 GiB unless set.
  public var maximumInflatedBytes: Int

  public init(maximumInflatedBytes: Int = 4 << 30) {
    self.maximumInflatedBytes = maximumInflatedBytes
  }
}

/// How far decoding has come.
public struct DecodingProgress: Hashable, Sendable {
  /// What is being done; the steps follow one another in this order, or the first is all.
  public enum Step: Hashable, Sendable {
    /// Compressed input is inflated piece by piece, and each piece is read at once. Other steps
    /// follow only where that does not end well, and start again.
    case inflatingSamples
    /// Compressed input is inflated. When it is over, the input is not read any more.
    case inflating
    /// The tables of strings, functions and locations are read.
    case readingTables
    /// The samples are read. Nothing before `completedBytes` is read again.
    case readingSamples
  }

  public var step: Step
  /// Bytes that the step has done; of compressed input while inflating, of inflated input after.
  public var completedBytes: Int
  /// Bytes that the step has to do.
  public var totalBytes: Int
  /// Samples decoded so far.
  public var sampleCount = 0
  /// Whether the input is compressed, so that inflating it is part of the work.
  public var isInflated = false

  public init(step: Step, completedBytes: Int, totalBytes: Int, sampleCount: Int = 0) {
    self.step = step
    self.completedBytes = completedBytes
    self.totalBytes = totalBytes
    self.sampleCount = sampleCount
  }

  /// Whether compressed input is read in this step, or will be.
  public var needsInput: Bool { step == .inflatingSamples || step == .inflating }

  /// The same, said of input that is compressed.
  var ofCompressedInput: DecodingProgress {
    var progress = self
    progress.isInflated = true
    return progress
  }

  /// The share of the whole work that is done, from 0 to 1, told from how long the steps take.
  public var fraction: Double {
    let done = Double(completedBytes) / Double(max(totalBytes, 1))
    let inflating = isInflated ? 0.4 : 0
    switch step {
    case .inflatingSamples: return done
    case .inflating: return inflating * done
    case .readingTables: return inflating + 0.1 * done
    case .readingSamples: return inflating + 0.1 + (0.9 - inflating) * done
    }
  }
}
