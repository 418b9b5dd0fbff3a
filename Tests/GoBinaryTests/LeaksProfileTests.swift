import Foundation
import ProfileFormats
import ProfileModel
import Testing

@testable import GoBinary

/// Profiles of the shipped program, by what it allocated.
@Suite struct LeaksProfileTests {
  /// A sample's stack; the program is not position-independent, so addresses are the file's own.
  private struct Stack: AllocationStack {
    let profile: Profile
    let locations: [LocationID]

    var frameCount: Int { locations.count }

    func address(ofFrame frame: Int) -> UInt64? {
      profile.locations.addresses[locations[frame].index]
    }

    func functions(ofFrame frame: Int) -> [String] {
      profile.locations.lines(of: locations[frame]).map { profile.name(of: $0.function) }
    }
  }

  /// Live bytes by what was allocated, and how much of a story's profile could be told.
  private func inuse(
    _ story: String
  ) throws -> (bytes: [String: Int64], matches: Int, leaves: Int) {
    let file = LeaksBinary.samples.appendingPathComponent("go/\(story)/mem.pprof")
    let profile = try [UInt8](Data(contentsOf: file)).withUnsafeBytes {
      try ProfileFormats.decode($0)
    }
    var reader = AllocationReader(try LeaksBinary.executable.get())
    var bytes: [String: Int64] = [:]
    for sample in profile.samples.indices {
      let stack = Stack(
        profile: profile,
        locations: Array(profile.stacks[profile.samples.stacks[sample]]))
      let size = profile.labelSets[profile.samples.labelSet(sample)]
        .first { profile.strings[$0.key] == "bytes" }?.number
      let found = reader.allocation(of: stack, objectSize: UInt64(size ?? 0))
      let leaf = stack.frameCount > 0 ? stack.functions(ofFrame: 0).first ?? "" : ""
      let key = "\(leaf) \(found.cause?.rawValue ?? "-") \(found.type?.name ?? "-")"
      bytes[key, default: 0] += profile.samples.values[3][sample]
    }
    return (bytes, reader.matchingLeaves, reader.comparedLeaves)
  }

  @Test func `a configuration store holds maps of anything and boxed numbers`() throws {
    let (bytes, matches, leaves) = try inuse("config-store")
    #expect(matches == leaves && leaves > 100)
    #expect(bytes["leaks/config.copyTable mapgrow map[string]interface {}"] == 4_279_680)
    #expect(bytes["leaks/config.copyTable map map[string]interface {}"] == 713_280)
    #expect(bytes["leaks/config.(*parser).number iface int"] == 119_152)
    #expect(bytes["leaks/config.(*parser).text iface string"] == 47_552)
    #expect(bytes["leaks/gateway.openSession new gateway.Session"] == 44_800)
  }

  @Test func `untyped JSON makes maps and slices of anything`() throws {
    let (bytes, matches, leaves) = try inuse("nested-json")
    #expect(matches == leaves && leaves > 40)
    #expect(bytes["reflect.mapassign_faststr0 mapgrow map[string]interface {}"] == 6_214_069)
    #expect(bytes["reflect.makemap map map[string]interface {}"] == 992_928)
    #expect(bytes["reflect.growslice append interface {}"] == 485_618)
  }

  @Test func `types made by reflection are told by the type of their descriptions`() throws {
    let (bytes, _, _) = try inuse("reflect-types")
    #expect(bytes["reflect.MapOf new abi.MapType"] == 86_400)
    #expect(bytes["reflect.ArrayOf new abi.ArrayType"] == 95_120)
    #expect(bytes["internal/abi.NewName slice uint8"] == 506_144)
  }
}
