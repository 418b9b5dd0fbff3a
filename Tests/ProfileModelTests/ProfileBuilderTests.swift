import ProfileModel
import Testing

@Suite struct ProfileBuilderTests {
  @Test func `equal strings, functions, locations, stacks and label sets share one row`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    for value in [10, 20] as [Int64] {
      let function = builder.function("main.work", file: "main.go", startLine: 3)
      let location = builder.location(
        address: 0x40, lines: [Line(function: function, line: 5)])
      let key = builder.string("op")
      let write = builder.string("write")
      builder.addSample(
        [location], values: [value], labels: [Label(key: key, string: write)])
    }
    let profile = builder.finish()

    #expect(profile.checkInvariants() == nil)
    #expect(profile.functions.count == 1)
    #expect(profile.locations.count == 1)
    #expect(profile.stacks.count == 1)
    #expect(profile.labelSets.count == 2)
    #expect(Array(profile.samples.values[0]) == [10, 20])
    #expect(profile.name(of: FunctionID(0)) == "main.work")
  }

  @Test func `a profile without samples has tables without rows`() {
    let profile = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds")).finish()
    #expect(profile.checkInvariants() == nil)
    #expect(profile.samples.count == 0)
    #expect(profile.stacks.count == 0)
    #expect(profile.strings.count == 1)
  }
}
