import TerminalUI

/// Something that happened: what the user typed, or what an effect came to.
package enum Event: Sendable {
  case input(TerminalInput)
  /// The file is being read.
  case progress(LoadingProgress)
  /// The profile is there.
  case loaded(ProfileSession)
  /// The stacks of the profile were sorted, which nobody asked for.
  case sorted(SortedProfile)
  /// A snapshot was fetched: alone, with the history up to it as its series.
  case snapshot(ProfileSession)
  /// A snapshot could not be fetched.
  case missed(Failure)
  /// The source has several profiles, one of which is to be chosen.
  case offered(LiveOffers)
  /// What a picker asked for.
  case answered(StoreAnswer)
  /// So many seconds went by.
  case elapsed(seconds: Int)
  /// A source file was looked for; `file` is the name that the profile has for it.
  case sourceLoaded(file: String, SourceFile)
  /// Nothing was written, since a file of that name is there already.
  case fileExists(WriteRequest)
  /// A file takes longer to write than a moment: it is written while the user goes on.
  case writing(WriteRequest)
  /// It is no more: it is there, could not be written, or was given up.
  case writingEnded(WriteRequest)
  /// What was asked for could not be done.
  case failed(Failure)
  /// Something was done that the user wants to hear of.
  case told(String)
}

/// How far reading a profile has come.
package struct LoadingProgress: Hashable, Sendable {
  /// What is being done, with how much of it is done.
  package enum Stage: Hashable, Sendable {
    /// Bytes of the file so far.
    case reading(bytes: Int)
    /// Samples so far.
    case decoding(samples: Int)
    /// The server takes `seconds` to measure, of which so many are over.
    case measuring(elapsed: Int, seconds: Int)
  }

  package var stage: Stage
  /// The share of the whole work that is done, from 0 to 1.
  package var fraction: Double

  package init(_ stage: Stage, fraction: Double) {
    self.stage = stage
    self.fraction = fraction
  }

  /// Nothing done yet.
  package static let start = LoadingProgress(.reading(bytes: 0), fraction: 0)
}

/// What a user is shown of an error: what it is about, and what is wrong.
package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, or the command.
  package let subject: String
  /// What is wrong and what to do about it; one line, lower-case.
  package let reason: String

  package init(_ subject: String, _ reason: String) {
    self.subject = subject
    self.reason = reason
  }

  package var description: String { "\(subject): \(reason)" }
}
