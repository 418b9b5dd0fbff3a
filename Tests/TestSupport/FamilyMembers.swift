import Foundation

/// The types that a family's folder holds by the names of its files: each `…Format.swift` in it.
///
/// For the test that every member that is written is listed too.
/// - Parameters:
///   - folder: from the top of the package, searched with what it contains.
///   - suffix: how members are called: `Format`.
///   - protocols: files with such a name that hold no member.
package func familyMembers(
  in folder: String, ending suffix: String, except protocols: Set<String>
) -> Set<String> {
  let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let files = FileManager.default.enumerator(atPath: top.appendingPathComponent(folder).path)
  let names = (files?.compactMap { $0 as? String } ?? []).compactMap { path -> String? in
    let url = URL(fileURLWithPath: path)
    guard url.pathExtension == "swift" else { return nil }
    return url.deletingPathExtension().lastPathComponent
  }
  return Set(names.filter { $0.hasSuffix(suffix) && $0 != suffix }).subtracting(protocols)
}

/// The names of the types of `members`.
package func typeNames(_ members: [Any]) -> Set<String> {
  Set(members.map { String(describing: type(of: $0)) })
}
