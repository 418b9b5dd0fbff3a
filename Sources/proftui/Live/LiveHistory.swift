import Inspector
import ProfileAnalysis
import ProfileModel
import Reports
import Synchronization

/// The snapshots of a live source, the latest of them; callable from any thread.
final class LiveHistory: Sendable {
  private struct Entry {
    let path: String
    let label: String
    /// Nil where they are in a file.
    let bytes: [UInt8]?
  }

  private struct State {
    var series: ProfileSeries?
    var entries: [Entry] = []
    /// How many there were ever.
    var count = 0
    /// Of what they are.
    var choice = LiveChoice.whole
  }

  private let state = Mutex(State())
  private let limit: Int
  private let folder: SnapshotFolder?

  /// - Parameters:
  ///   - limit: how many are kept.
  ///   - folder: where; empty for memory.
  init(limit: Int, folder: String) {
    self.limit = max(limit, 2)
    self.folder = folder.isEmpty ? nil : SnapshotFolder(folder)
  }

  /// Takes in a snapshot, and lets the oldest go.
  ///
  /// - Parameter warn: is told of a file that could not be written; the snapshot counts all the same.
  /// - Returns: what there is, with this as the last step.
  func add(
    _ snapshot: Snapshot, of choice: LiveChoice, warn: (String) -> Void
  ) throws(CommandFailure) -> SessionSeries {
    let written = folder?.keep(snapshot, warn: warn)
    let result = state.withLock { state -> Result<SessionSeries, ComparisonError> in
      Result { () throws(ComparisonError) in
        if state.choice != choice {
          // What was fetched before is something else.
          state = State()
          state.choice = choice
        }
        state.count += 1
        let label = "#\(state.count) \(StoredTimes.clock(snapshot.time))"
        var series = state.series ?? ProfileSeries(like: snapshot.profile)
        state.series = nil
        defer { state.series = series }
        try series.add(snapshot.profile, name: label)
        state.entries.append(
          Entry(
            path: written ?? "#\(state.count)", label: label,
            bytes: written == nil ? snapshot.bytes : nil))
        let surplus = state.entries.count - limit
        if surplus > 0 {
          series.removeFirst(surplus)
          state.entries.removeFirst(surplus)
        }
        return SessionSeries(
          series, paths: state.entries.map(\.path), labels: state.entries.map(\.label))
      }
    }
    do {
      return try result.get()
    } catch {
      throw CommandFailure(nil, "unlike the snapshots before: \(error)")
    }
  }

  var isInUse: Bool { state.withLock { !$0.entries.isEmpty } }

  /// Whether these are snapshots of the history.
  func has(_ paths: [String]) -> Bool {
    state.withLock { state in
      !paths.isEmpty && paths.allSatisfy { path in state.entries.contains { $0.path == path } }
    }
  }

  /// What two snapshots are called beside one another; nil where these are no such two.
  func names(of source: ProfileSource) -> (base: String, other: String)? {
    state.withLock { state in
      func name(_ paths: [String]) -> String? {
        state.entries.first { [$0.path] == paths }.map { String($0.label.prefix { $0 != " " }) }
      }
      guard let base = name(source.base), let other = name(source.paths) else { return nil }
      return (base, other)
    }
  }

  /// The bytes of the snapshot of that name; nil where it is none, or is in a file.
  func bytes(_ path: String) -> [UInt8]? {
    state.withLock { state in state.entries.first { $0.path == path }?.bytes }
  }

  /// Some of the snapshots, the first and the last among them, oldest first.
  ///
  /// - Complexity: O(*n*) in the size of `count` profiles.
  func spread(over count: Int, decode: ([UInt8]) -> Profile?) -> [Profile] {
    let entries = state.withLock { $0.entries }
    let last = entries.count - 1
    guard last > 0 else { return [] }
    let chosen = Set((0..<count).map { $0 * last / max(count - 1, 1) }).sorted()
    return chosen.compactMap { index in
      let entry = entries[index]
      return decode(entry.bytes ?? SnapshotFolder.bytes(of: entry.path))
    }
  }

}
