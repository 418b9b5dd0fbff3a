import ProfileModel
import Testing

@testable import ProfileFormats

@Suite(.enabled(if: Conformance.isAvailable)) struct ConformanceTests {
  /// pprof knows no such format: that we read it is what sets us apart.
  private static let readByUsAlone: Set = ["goroutine_debug2.txt"]

  /// A heap profile whose only sample counts nothing, kept among the good ones.
  private static let refusedByAll = "fuzz.7e3c9248"

  @Test func `what pprof refuses is refused, and nothing else`() throws {
    let refused = try Conformance.refused().subtracting(Self.readByUsAlone)
    for name in try Conformance.profiles(in: "bad") {
      let bytes = try Conformance.profile("bad", name)
      do {
        _ = try ProfileFormats.decode(bytes)
        #expect(!refused.contains(name), "\(name) was read")
      } catch {
        #expect(refused.contains(name), "\(name): \(error)")
      }
    }
  }

  @Test(arguments: ["clone", "go", "syn"])
  func `what pprof reads is read`(folder: String) throws {
    for name in try Conformance.profiles(in: folder) where name != Self.refusedByAll {
      do {
        let profile = try ProfileFormats.decode(try Conformance.profile(folder, name))
        #expect(profile.checkInvariants() == nil, "\(name)")
      } catch {
        Issue.record("\(folder)/\(name): \(error)")
      }
    }
  }
}
