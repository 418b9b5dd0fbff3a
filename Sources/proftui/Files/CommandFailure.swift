/// Why the program stops: what it is about, and a line for the user.
struct CommandFailure: Error {
  /// The input that is at fault; nil where none is.
  var subject: String?
  /// What is wrong and, where known, what to do; lower-case, no full stop.
  var message: String
  var status = ExitStatus.failure
  /// Whether other inputs cannot make up for it.
  var isFatal = false

  init(
    _ subject: String?, _ message: String, status: Int32 = ExitStatus.failure,
    isFatal: Bool = false
  ) {
    self.subject = subject
    self.message = message
    self.status = status
    self.isFatal = isFatal
  }

  init(usage error: UsageError) {
    self.init(nil, error.description, status: ExitStatus.usage)
  }

  /// The line for standard error, without the program's name.
  var line: String { subject.map { "\($0): \(message)" } ?? message }
}

/// What the program's exit says.
enum ExitStatus {
  static let success: Int32 = 0
  /// An input could not be used.
  static let failure: Int32 = 1
  /// The command line makes no sense.
  static let usage: Int32 = 64
}
