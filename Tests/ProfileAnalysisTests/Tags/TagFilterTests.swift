import ProfileAnalysis
import ProfileModel
import Testing

@Suite struct TagFilterTests {
  private let profile = Profile.of(
    [("n", "")],
    StackSample("a", 1, labels: [("method", .text("GET")), ("tenant", .text("acme"))]),
    StackSample("b", 2, labels: [("method", .text("PUT")), ("bytes", .number(1024, ""))]),
    StackSample("c", 4, labels: [("size", .number(2, "kilobytes")), ("n", .number(7, ""))]),
    StackSample("d", 8))

  private func filtered(
    _ configure: (inout FilterOptions) -> Void
  ) throws -> (samples: [String], notices: [String]) {
    var options = FilterOptions()
    configure(&options)
    let result = try FilteredProfile(profile, options)
    #expect(result.profile.checkInvariants() == nil)
    let functions = result.profile.summary.map { String($0.prefix(1)) }
    return (functions, result.notices.map(\.description))
  }

  @Test(
    arguments: [
      ("GET", "a"), ("method:GET", "a"), ("GET,acme", "a"), ("GET,PUT", ""), ("GET|PUT", "ab"),
      ("method=GET,PUT", "ab"), ("method=acme", ""), ("tenant=^ac", "a"), ("=GET", "a"),
      ("tenant=", "a"), ("1kb", "b"), ("1kb:", "bc"), (":1kb", "b"), ("1kb:2kb", "bc"),
      ("2048b", "c"), ("bytes=1kb", "b"), ("size=1kb", ""), ("n=7n", "c"), ("7", "c"), ("8", ""),
      ("1kb:2ms", ""), ("--5", ""), ("5:6:7", ""),
    ])
  func `tagfocus keeps the samples whose labels meet the condition`(value: String, kept: String)
    throws
  {
    #expect(try filtered { $0.tagFocus = value }.samples.joined() == kept)
  }

  @Test func `tagignore leaves out the samples whose labels meet the condition`() throws {
    #expect(try filtered { $0.tagIgnore = "method=." }.samples == ["c", "d"])
  }

  @Test func `a range is told of, and so is a condition that nothing meets`() throws {
    #expect(
      try filtered { $0.tagFocus = "50kb:" }.notices == [
        "tagfocus:Interpreted '50kb:' as range, not regexp",
        "TagFocus expression matched no samples",
      ])
    #expect(
      try filtered { $0.tagIgnore = "nobody" }.notices == [
        "TagIgnore expression matched no samples"
      ])
  }

  @Test func `a number of more than 64 bits is an error`() {
    let error = #expect(throws: FilterError.self) {
      try filtered { $0.tagFocus = "99999999999999999999kb:" }
    }
    #expect(
      error == .numberOutOfRange(option: "tagfocus", "99999999999999999999"))
  }

  @Test func `what is no expression is an error that names the option`() {
    let error = #expect(throws: FilterError.self) { try filtered { $0.tagIgnore = "a,(" } }
    #expect(
      error?.description
        == "parsing tagignore regexp: error parsing regexp: missing closing ): `(`")
  }

  @Test func `tagshow and taghide choose labels by their key`() throws {
    func labels(_ configure: (inout FilterOptions) -> Void) throws -> [String] {
      var options = FilterOptions()
      configure(&options)
      return try FilteredProfile(profile, options).profile.summary
    }
    #expect(
      try labels { $0.tagShow = "^m|^n$" } == [
        "a 1 [method:GET]", "b 2 [method:PUT]", "c 4 [n:7]", "d 8",
      ])
    #expect(
      try labels { $0.tagHide = "t|e" } == ["a 1", "b 2", "c 4 [n:7]", "d 8"])
    #expect(try labels { $0.tagHide = "." } == ["a 1", "b 2", "c 4", "d 8"])
  }
}
