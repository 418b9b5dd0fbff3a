import Foundation
import ProfileModel
import Testing

@testable import ProfileFormats

/// The profiles that the project ships.
@Suite struct SampleFileTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Samples/go")

  static func profiles() throws -> [URL] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let profiles = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "pprof" }
    return profiles.sorted { $0.path() < $1.path() }
  }

  @Test func `every sample is read, written and read again as the same`() throws {
    let profiles = try Self.profiles()
    #expect(profiles.count > 10)
    for file in profiles {
      let profile = try ProfileFormats.decode(Array(try Data(contentsOf: file)))
      #expect(profile.samples.count > 0, "\(file.lastPathComponent)")
      #expect(profile.checkInvariants() == nil, "\(file.lastPathComponent)")
      let again = try ProfileFormats.decode(PprofEncoder.encode(profile))
      #expect(again.header == profile.header, "\(file.lastPathComponent)")
      #expect(dump(again) == dump(profile), "\(file.lastPathComponent)")
    }
  }

  @Test func `every cut of a compressed sample is refused`() throws {
    let file = try #require(try Self.profiles().first)
    let bytes = Array(try Data(contentsOf: file))
    for count in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: ProfileDecodingError.self) {
        try ProfileFormats.decode(Array(bytes.prefix(count)))
      }
    }
  }
}
