import ProfileAnalysis
import ProfileModel
import Testing

struct SampleTypeSelectionTests {
  private let header = ProfileHeader(sampleTypes: [
    ValueType(type: "objects", unit: "count"), ValueType(type: "space", unit: "bytes"),
    ValueType(type: "inuse_space", unit: "bytes"),
  ])

  @Test func `the last type is shown where nothing is asked for`() throws {
    #expect(try SampleTypeSelection.index(named: "", in: header) == 2)
  }

  @Test func `the default type of the profile goes before the last`() throws {
    var header = header
    header.defaultSampleType = "objects"
    #expect(try SampleTypeSelection.index(named: "", in: header) == 0)
    header.defaultSampleType = "none of them"
    #expect(try SampleTypeSelection.index(named: "", in: header) == 2)
  }

  @Test func `a type is named by index or by name`() throws {
    #expect(try SampleTypeSelection.index(named: "1", in: header) == 1)
    #expect(try SampleTypeSelection.index(named: "+0", in: header) == 0)
    #expect(try SampleTypeSelection.index(named: "objects", in: header) == 0)
  }

  @Test func `a leading inuse is optional, and the first match wins`() throws {
    #expect(try SampleTypeSelection.index(named: "inuse_objects", in: header) == 0)
    #expect(try SampleTypeSelection.index(named: "inuse_space", in: header) == 1)
  }

  @Test func `an index out of range names the range`() {
    let error = #expect(throws: SampleTypeSelectionError.self) {
      try SampleTypeSelection.index(named: "3", in: header)
    }
    #expect(error?.description == "sample_index 3 is outside the range [0..2]")
  }

  @Test func `an unknown type names those that there are`() {
    let error = #expect(throws: SampleTypeSelectionError.self) {
      try SampleTypeSelection.index(named: "cpu", in: header)
    }
    #expect(
      error?.description
        == "sample_index \"cpu\" must be one of: [objects space inuse_space]")
  }

  @Test func `a profile without types has none to choose`() {
    #expect(throws: SampleTypeSelectionError.noSampleTypes) {
      try SampleTypeSelection.index(named: "", in: ProfileHeader(sampleTypes: []))
    }
  }
}
