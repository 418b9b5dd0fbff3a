import ProfileModel
import Testing

@testable import ProfileAnalysis

@Suite struct PipelineTests {
  private let profile = Profile.of(
    [("n", "count"), ("t", "ns")],
    StackSample("main a", 1, 10, labels: [("k", .text("x"))]),
    StackSample("main b", 2, 30, labels: [("k", .text("y"))]))

  @Test func `percentages are of all samples unless they are relative`() throws {
    var options = FilterOptions()
    options.focus = "^a$"
    let absolute = try FilteredProfile(profile, options)
    options.hasRelativePercentages = true
    let relative = try FilteredProfile(profile, options)
    #expect(absolute.profile.summary == ["main a 1 10 [k:x]"])
    #expect(relative.profile.summary == absolute.profile.summary)
    #expect(absolute.total(ofType: 1) == 40)
    #expect(relative.total(ofType: 1) == 10)
    #expect(absolute.total(ofType: 1, isMean: true) == 13)
  }

  @Test func `frames made of labels can be filtered by name`() throws {
    var options = FilterOptions()
    (options.tagRoot, options.focus, options.pruneFrom) = ("k", "^x$", "main")
    #expect(try FilteredProfile(profile, options).profile.summary == ["x main 1 10 [k:x]"])
  }

  @Test func `options that are not understood are errors, in pprof's order`() {
    var options = FilterOptions()
    (options.tagFocus, options.pruneFrom, options.showFrom) = ("(", "[", "*")
    let error = #expect(throws: FilterError.self) { try FilteredProfile(profile, options) }
    #expect(
      error?.description == "parsing show_from regexp: error parsing regexp: "
        + "missing argument to repetition operator: `*`")
  }

  @Test func `active filters are named in pprof's order`() {
    var options = FilterOptions()
    (options.tagHide, options.showFrom, options.focus) = ("t", "s", "f")
    (options.pruneFrom, options.tagRoot) = ("p", "r")
    #expect(options.activeFilters == ["focus=f", "show_from=s", "taghide=t"])
  }

  @Test func `a profile without mappings gets one for all its locations`() {
    var builder = ProfileBuilder(sampleTypes: (type: "n", unit: ""))
    builder.addSample([builder.location(address: 5, lines: [])], values: [1])
    let prepared = SourcePipeline().prepared(builder.finish())
    #expect(prepared.mappings.map(\.id) == [1])
    #expect(Array(prepared.locations.mappings) == [MappingID(0)])
  }

  @Test func `the main binary takes a name, and a build id if it has none`() {
    var pipeline = SourcePipeline()
    (pipeline.executable, pipeline.buildID) = ("/new", "id1")
    let first = pipeline.prepared(profile)
    #expect(first.mappings.map(\.file) == ["/new", "/lib/libc.so"])
    #expect(first.mappings.map(\.buildID) == ["id1", ""])
    pipeline.buildID = "id2"
    #expect(pipeline.prepared(first).mappings[0].buildID == "id1")
  }

  @Test func `comments are added last and frames are dropped unless all are kept`() throws {
    let profile = Profile.of([("n", "")], StackSample("main malloc", 1)) {
      $0.dropFrames = "malloc"
    }
    var pipeline = SourcePipeline()
    pipeline.comment = "mine"
    var notices: [FilterNotice] = []
    let dropped = try pipeline.combined(source: profile, base: nil, notices: &notices)
    #expect(dropped.summary == ["main 1"])
    #expect(dropped.header.comments == ["mine"])
    pipeline.keepsAllFrames = true
    let kept = try pipeline.combined(source: profile, base: nil, notices: &notices)
    #expect(kept.summary == ["main malloc 1"])
    #expect(kept.header.dropFrames.isEmpty)
  }

  @Test(
    arguments: [
      ("http://host/x", true), ("https+insecure://h", true), ("/bin/a:b", false), ("", false),
      ("[vdso]", false), ("anon_inode:[perf]", false), (":x", false), ("9p:x", false),
    ])
  func `addresses on the web are told from files`(text: String, isAddress: Bool) {
    #expect(WebAddress.isAbsolute(text) == isAddress)
  }
}
