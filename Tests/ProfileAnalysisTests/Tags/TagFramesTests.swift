import ProfileAnalysis
import ProfileModel
import Testing

@Suite struct TagFramesTests {
  private let profile = Profile.of(
    [("n", "")],
    StackSample("main a", 1, labels: [("k", .text("x")), ("k", .text("y"))]),
    StackSample("main a", 2, labels: [("k", .text("x")), ("size", .number(2048, "bytes"))]),
    StackSample("main a", 4, labels: [("n", .number(2048, ""))]))

  private func framed(
    root: [String] = [], leaf: [String] = [], unit: String = "minimum"
  ) -> (profile: Profile, notices: [String]) {
    var notices: [FilterNotice] = []
    let result = profile.withTagFrames(
      rootKeys: root, leafKeys: leaf, unit: unit, notices: &notices)
    #expect(result.checkInvariants() == nil)
    return (result, notices.map(\.description))
  }

  private func stacks(_ profile: Profile) -> [String] {
    profile.summary.map { String($0.prefix { $0 != "[" }) }
  }

  @Test func `the values of a label become the root, with commas between them`() {
    #expect(stacks(framed(root: ["k"]).profile) == ["x,y main a 1 ", "x main a 2 ", " main a 4 "])
  }

  @Test func `the first root key is the outermost and the last leaf key the innermost`() {
    let result = framed(root: ["k", "size"], leaf: ["n", "k"]).profile
    #expect(
      stacks(result) == ["x,y  main a  x,y 1 ", "x 2kB main a  x 2 ", "  main a 2048  4 "])
  }

  @Test func `numbers are printed in the unit that is asked for`() {
    #expect(stacks(framed(leaf: ["size"], unit: "B").profile)[1] == "main a 2048B 2 ")
  }

  @Test func `a frame's file is its key, and its ids go on from the last`() throws {
    let result = framed(root: ["k"]).profile
    let added = try #require(result.functions.indices.first { $0 == profile.functions.count })
    #expect(result.strings[result.functions.filenames[added]] == "k")
    #expect(result.functions.ids[added] == UInt64(profile.functions.count + 1))
    #expect(result.locations.ids[profile.locations.count] == UInt64(profile.locations.count + 1))
  }

  @Test func `keys that no sample has are told of`() {
    #expect(
      framed(root: ["nope"], leaf: ["nor"]).notices == [
        "TagRoot expression matched no samples", "TagLeaf expression matched no samples",
      ])
  }

  @Test func `one unit is read for each key, the first, and the others are told of`() {
    let profile = Profile.of(
      [("n", "")],
      StackSample("a", 1, labels: [("t", .number(1, "ms")), ("bytes", .number(1, ""))]),
      StackSample("a", 2, labels: [("t", .number(1, "us")), ("request", .number(1, ""))]),
      StackSample("a", 4, labels: [("t", .number(1, "s"))]))
    let units = LabelUnits(profile)
    let keys = ["t", "bytes", "request", "nope"].compactMap { profile.strings.id(of: $0) }
    #expect(keys.map { units[$0] } == ["ms", "bytes", "bytes"])
    #expect(
      units.notices.map(\.description) == [
        "For tag t used unit ms, also encountered unit(s) s, us"
      ])
  }
}
