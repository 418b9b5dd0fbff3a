import Foundation
import Testing

@testable import GoBinary
@testable import ProfileFormats

/// Every allocator call of the shipped programs, where the lists of a reference are at hand.
@Suite(.enabled(if: SharedSamples.folder != nil)) struct SharedSitesTests {
  @Test(arguments: [
    ("1.19-strip", "k_kinds"), ("1.27-strip", "k_kinds"), ("1.27-strip", "k_generic"),
    ("1.27-piestrip", "k_kinds"), ("1.27-arm64strip", "k_kinds"),
  ])
  func `the sites of a shipped program are those of the reference`(
    build: String, program: String
  ) throws {
    let folder = try #require(SharedSamples.folder)
    let packed = try [UInt8](Data(contentsOf: folder.appending(path: "bin/\(build)/\(program).gz")))
    let bytes = try packed.withUnsafeBytes {
      try Gzip.inflate($0, limit: 1 << 28) { _ in true }.withBytes { ImageBytes(copying: $0) }
    }
    let list = folder.appending(path: "expect/sites.\(build).\(program).tsv")
    let expected = try String(contentsOf: list, encoding: .utf8)
      .split(separator: "\n").dropFirst().map(String.init)
    #expect(try Self.sites(of: GoExecutable(bytes)) == expected)
  }

  private static func sites(of executable: GoExecutable) throws -> [String] {
    var decoder = try #require(InstructionSets.decoder(for: executable))
    var reader = CallSiteReader(executable)
    var lines: [String] = []
    for function in executable.functions.all {
      let name = executable.functions.name(of: function)
      guard name.hasPrefix("main.") else { continue }
      for call in decoder.directCalls(in: function) {
        let site = reader.site(at: call.returnAddress - 1)
        guard let cause = site.cause else { continue }
        let line = executable.functions.line(at: call.returnAddress - 1) ?? -1
        lines.append(
          [
            "0x" + String(call.returnAddress, radix: 16), name, "\(line)", site.callee ?? "",
            cause.rawValue, site.type?.name ?? "", word(site.evidence),
          ].joined(separator: "\t"))
      }
    }
    return lines
  }

  /// How the reference says it.
  private static func word(_ evidence: CallSite.TypeEvidence?) -> String {
    switch evidence {
    case .dictionary: "dict"
    case .untyped: "nil"
    case let evidence?: evidence.rawValue
    case nil: ""
    }
  }
}

/// The samples of the reference, which are not part of the project.
enum SharedSamples {
  static let folder: URL? = {
    let top = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return ["../shared", "../../shared"]
      .map { top.appendingPathComponent("\($0)/escape/samples").standardizedFileURL }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }()
}
