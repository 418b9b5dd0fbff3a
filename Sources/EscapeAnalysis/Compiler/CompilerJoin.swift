import ProfileModel

/// Joins what the compiler logged to the places of a profile.
struct CompilerJoin {
  private let log: CompilerLog
  private let profile: Profile
  private var known: [Key: Outcome] = [:]

  private struct Key: Hashable {
    var location: LocationID
    var cause: EscapeCause?
    var hidden: HiddenPlace?
  }

  private struct Outcome {
    var cause: EscapeCause?
    var reason: EscapeReason?
    var match: CompilerMatch?
    var expression = ""
  }

  init(_ log: CompilerLog, _ profile: Profile) {
    self.log = log
    self.profile = profile
  }

  /// Fills in the cause where nothing better is known, and the reason where the log has one.
  mutating func explain(_ finding: inout EscapeFinding, leaf: LocationID) {
    let key = Key(location: leaf, cause: finding.cause, hidden: finding.hidden)
    let outcome = known[key] ?? outcome(for: key)
    known[key] = outcome
    if finding.cause == nil, let cause = outcome.cause {
      (finding.cause, finding.causeTier) = (cause, .compilerLog)
    }
    finding.reason = outcome.reason
    finding.match = outcome.match
    finding.expression = outcome.expression
  }

  private func outcome(for key: Key) -> Outcome {
    let (candidates, match) = key.hidden.map(records) ?? records(at: key.location)
    var outcome = Outcome()
    var cause = key.cause
    if cause == nil {
      // Several columns may hold several things: then the log does not tell which it is.
      let causes = Set(candidates.map(\.cause))
      guard causes.count == 1, let only = causes.first, let only else { return outcome }
      cause = only
      outcome.cause = only
    }
    guard let cause else { return outcome }
    let fitting = candidates.filter { $0.canExplain(cause) }
    let best =
      fitting.first { $0.hasFlow && $0.reason == .tooLarge }
      ?? fitting.first { $0.hasFlow } ?? fitting.first
    guard let best else { return outcome }
    outcome.reason = best.hasFlow ? best.reason : .escapes
    outcome.match = best.knowsInlining && match == .line ? .chain : match
    outcome.expression = best.expression
    return outcome
  }

  /// The records of a location: by the chain of inlined calls, or by its outermost line, or else
  /// those of the innermost function by itself.
  private func records(
    at location: LocationID
  ) -> (records: [CompilerRecord], match: CompilerMatch) {
    let places = profile.locations.lines(of: location).map { line in
      CompilerRecord.Place(
        file: profile.strings[profile.functions.filenames[line.function.index]], line: line.line)
    }
    guard let innermost = places.first, let outermost = places.last else { return ([], .line) }
    let chain = Array(places.dropLast().reversed())
    let found = log.records(at: outermost).filter {
      !$0.knowsInlining || Self.isSame($0.inlined, chain)
    }
    guard found.isEmpty, !chain.isEmpty else { return (found, .line) }
    return (log.records(at: innermost).filter(\.inlined.isEmpty), .function)
  }

  /// Those of a function that the stack leaves out, which was not inlined.
  private func records(
    at hidden: HiddenPlace
  ) -> (records: [CompilerRecord], match: CompilerMatch) {
    let place = CompilerRecord.Place(file: hidden.file, line: hidden.line)
    return (log.records(at: place).filter(\.inlined.isEmpty), .function)
  }

  private static func isSame(
    _ logged: [CompilerRecord.Place], _ profiled: [CompilerRecord.Place]
  ) -> Bool {
    logged.count == profiled.count
      && zip(logged, profiled).allSatisfy {
        $0.line == $1.line && CompilerLog.name(of: $0.file) == CompilerLog.name(of: $1.file)
      }
  }
}
