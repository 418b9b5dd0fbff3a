import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@Suite struct SymbolizingTests {
  /// Two mappings with a location each; the second's has a name.
  private func profile(isKnown: Bool) -> Profile {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "count"))
    var app = Mapping()
    app.id = 1
    app.start = 0x1000
    app.file = "/bin/app"
    var library = app
    library.id = 2
    library.start = 0x9000
    library.file = "/lib/lib.so"
    library.hasFunctions = isKnown
    let first = builder.addMapping(app)
    let second = builder.addMapping(library)
    let old = builder.function("old", file: "old.c")
    let leaf = builder.location(address: 0x1010, mapping: first, lines: [])
    let root = builder.location(
      address: 0x9010, mapping: second, lines: [Line(function: old, line: 7)])
    builder.addSample([leaf, root], values: [1])
    return builder.finish()
  }

  private func names(_ profile: Profile) -> [[String]] {
    profile.stacks[profile.samples.stacks[0]].map { location in
      profile.locations.lines(of: location).map {
        let file = profile.strings[profile.functions.filenames[$0.function.index]]
        return "\(profile.name(of: $0.function)) \(file):\($0.line)"
      }
    }
  }

  private func symbols(_ mapping: Mapping) -> ((UInt64) -> [SymbolFrame])? {
    guard mapping.file == "/bin/app" || mapping.file == "/lib/lib.so" else { return nil }
    return { address in
      [SymbolFrame(function: "at_\(address)", file: "a.go", line: Int64(address - mapping.start))]
    }
  }

  @Test func `mappings without names get them, others keep theirs`() {
    let result = profile(isKnown: true).symbolizing(isForced: false, symbols: symbols)
    #expect(names(result) == [["at_4112 a.go:16"], ["old old.c:7"]])
    #expect(result.mappings[0].hasFunctions && result.mappings[0].hasLineNumbers)
    #expect(!result.mappings[1].hasFilenames)
    #expect(result.checkInvariants() == nil)
  }

  @Test func `names are looked up again where that is forced`() {
    let result = profile(isKnown: true).symbolizing(isForced: true, symbols: symbols)
    #expect(names(result) == [["at_4112 a.go:16"], ["at_36880 a.go:16"]])
  }

  @Test func `what no binary knows stays as it is`() {
    let result = profile(isKnown: false).symbolizing(isForced: false) { _ in { _ in [] } }
    #expect(names(result) == [[], ["old old.c:7"]])
    #expect(!result.mappings[0].hasFunctions)
  }

  @Test func `one function at several places is one function`() {
    let result = profile(isKnown: false).symbolizing(isForced: false) { _ in
      { [SymbolFrame(function: "same", file: "s.c", line: Int64($0))] }
    }
    #expect(names(result) == [["same s.c:4112"], ["same s.c:36880"]])
    #expect(result.functions.count == 2)
  }
}
