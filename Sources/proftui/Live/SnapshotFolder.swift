import Glibc
import Reports

/// A folder in which snapshots are kept, a file each, for `proftui series` to open.
struct SnapshotFolder: Sendable {
  let path: String

  init(_ path: String) { self.path = UserFiles.expanded(path) }

  /// Writes the snapshot, whole or not at all; its file, or nil where that could not be.
  func keep(_ snapshot: Snapshot, warn: (String) -> Void) -> String? {
    do throws(CommandFailure) {
      return try write(snapshot)
    } catch {
      warn("\(error.line); kept in memory only")
      return nil
    }
  }

  /// Writes the snapshot into a file of its own, named by its time.
  func write(_ snapshot: Snapshot) throws(CommandFailure) -> String {
    if mkdir(path, 0o777) != 0, errno != EEXIST {
      throw CommandFailure(path, InputBytes.systemMessage(errno))
    }
    let stem = "\(path.hasSuffix("/") ? path : path + "/")\(Self.stamp(snapshot.time))"
    for attempt in 1...1000 {
      let file = "\(stem)\(attempt == 1 ? "" : "-\(attempt)").pb.gz"
      // Two may come in a second, and two programs may write here.
      guard !ReportOutput.isInTheWay(file) else { continue }
      try ReportOutput.write(to: file, overwrites: false) { output in
        output.write(snapshot.bytes)
      }
      return file
    }
    throw CommandFailure(path, "has too many snapshots of this second")
  }

  static func bytes(of file: String) -> [UInt8] {
    guard let bytes = try? InputBytes.read(file, limit: SourceSelection.usualMaximumSize) else {
      return []
    }
    return bytes.withBytes { Array($0) }
  }

  /// `20261123T043109Z`, which sorts by time wherever it was written.
  private static func stamp(_ seconds: Int64) -> String {
    var moment = time_t(seconds)
    var parts = tm()
    gmtime_r(&moment, &parts)
    func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let day = "\(parts.tm_year + 1900)\(padded(parts.tm_mon + 1))\(padded(parts.tm_mday))"
    return "\(day)T\(padded(parts.tm_hour))\(padded(parts.tm_min))\(padded(parts.tm_sec))Z"
  }
}
