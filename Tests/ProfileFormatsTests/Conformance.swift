import Foundation

/// Files that lie beside the checkout where it has such a neighbour; tests skip where it has none.
enum Conformance {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/conformance")

  static var isAvailable: Bool { FileManager.default.fileExists(atPath: root.path()) }

  /// The names of the profiles in a folder, sorted.
  static func profiles(in folder: String) throws -> [String] {
    let path = root.appending(path: "profiles/\(folder)").path()
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  static func profile(_ folder: String, _ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: root.appending(path: "profiles/\(folder)/\(name)")))
  }

  /// The names of the profiles in `bad` that are refused, by the exit status of the recorded cases.
  static func refused() throws -> Set<String> {
    let manifest = try String(contentsOf: root.appending(path: "manifest.tsv"), encoding: .utf8)
    var names: Set<String> = []
    for line in manifest.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count > 7, fields[2] == "bad", fields[7] != "0" else { continue }
      names.insert(String(fields[3].split(separator: "/").last ?? ""))
    }
    return names
  }
}
