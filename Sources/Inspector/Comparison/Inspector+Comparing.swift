import ProfileAnalysis
import TerminalUI

/// Looking at two profiles.
extension Inspector {
  /// The commands that need something to compare with.
  mutating func compare(_ command: Command) {
    guard var session, let comparison = session.comparison else {
      return say(
        "nothing to compare with: \(settings.key(of: .chooseBase)) chooses an older profile",
        .refusal)
    }
    switch command {
    case .nextSide:
      session.showNextSide()
      replace(session)
      say(session.sideText)
    case .toggleNormalized:
      var changed = comparison
      changed.isNormalized.toggle()
      show(changed, in: session, isSwapped: false)
      say(
        changed.isNormalized
          ? "normalized: \(comparison.names.other) is scaled to the total of \(comparison.names.base)"
          : "as they are: nothing is scaled")
    default:
      do {
        let swapped = try comparison.swapped()
        show(swapped, in: session, isSwapped: true)
        say("\(swapped.names.other) against \(swapped.names.base)")
      } catch {
        say("\(error)", .error)
      }
    }
  }

  /// Reads another profile to compare this one with.
  mutating func compare(withFile path: String) -> [Effect] {
    guard !isReloading else { return [] }
    isReloading = true
    let next = source.compared(to: path)
    nextSource = next
    say("reading \(path)")
    return [.load(next)]
  }

  /// Reads two snapshots of the series, and shows what changed between them.
  mutating func compareSteps(_ base: Int, _ other: Int) -> [Effect] {
    let top = Panes.all.firstIndex { $0 == TopPane.self } ?? 0
    return execute(.show(Panes.all[top])) + read(steps: base, other)
  }

  /// Reads two snapshots of the series to show in this view.
  mutating func read(steps base: Int, _ other: Int) -> [Effect] {
    guard !isReloading, let series = session?.series, series.paths.indices.contains(base),
      series.paths.indices.contains(other)
    else { return [] }
    nextSeries = series.comparing(base, other)
    isReloading = true
    let next = ProfileSource(
      paths: [series.paths[other]], sampleType: source.sampleType, base: [series.paths[base]])
    nextSource = next
    say("reading \(series.name(base)) and \(series.name(other))")
    return [.load(next)]
  }

  private mutating func show(
    _ comparison: SessionComparison, in session: ProfileSession, isSwapped: Bool
  ) {
    do {
      replace(try session.comparing(comparison, isSwapped: isSwapped))
    } catch {
      say("\(error)", .error)
    }
  }

  private mutating func replace(_ session: ProfileSession) {
    self.session = session
    search = search.map { SearchMatches($0.query, in: session) }
  }

  /// What signs and colours mean, for the row of messages while there is no message.
  func legend(_ session: ProfileSession) -> String? {
    guard let comparison = session.comparison else { return nil }
    let key = settings.key(of: .nextSide)
    guard session.showsChange else { return "\(session.sideText); \(key) shows the others" }
    let normalized = comparison.isNormalized ? ", normalized" : ""
    let signs =
      "\(glyphs.grew) grew \(glyphs.shrank) shrank \(glyphs.appeared) new \(glyphs.disappeared) gone ~ noise"
    return
      "\(glyphs.delta) = new - old\(normalized) \(glyphs.separator) \(signs) \(glyphs.separator) \(key): new, old"
  }
}

extension ProfileSession {
  /// Which side is shown.
  var sideText: String {
    guard let comparison else { return "" }
    switch comparison.side {
    case .change: return "the change from \(comparison.names.base) to \(comparison.names.other)"
    case .other: return "the newer: \(comparison.names.other)"
    case .base: return "the older: \(comparison.names.base)"
    }
  }

  /// The side in a word, for the header.
  func sideCrumb(_ glyphs: GlyphSet) -> String? {
    guard let comparison else { return nil }
    let side =
      switch comparison.side {
      case .change: "\(glyphs.delta) new-old"
      case .other: "new"
      case .base: "old"
      }
    return comparison.isNormalized ? "\(side) normalized" : side
  }
}

extension Command {
  package static let nextSide = Command("side", "the change, the newer or the older profile")
  package static let chooseBase = Command("base", "choose the profile to compare with")
  package static let toggleNormalized = Command(
    "normalize", "as they are, or scaled to the same total")
  package static let swapSides = Command("swap", "the older as the newer, the newer as the older")
}
