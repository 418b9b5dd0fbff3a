import ProfileAnalysis
import ProfileModel
import Testing

@Suite struct FrameFilterTests {
  private let profile = Profile.of(
    [("samples", "count")],
    StackSample("main a b", 1), StackSample("main a c", 2), StackSample("main d", 4),
    StackSample("main 0x10010", 8), StackSample("", 16))

  private func filtered(
    _ profile: Profile? = nil, focus: String? = nil, ignore: String? = nil, hide: String? = nil,
    show: String? = nil, showFrom: String? = nil
  ) throws -> (samples: [String], notices: [String]) {
    var notices: [FilterNotice] = []
    let filters = FrameFilters(
      focus: try focus.map { try Pattern($0) }, ignore: try ignore.map { try Pattern($0) },
      hide: try hide.map { try Pattern($0) }, show: try show.map { try Pattern($0) },
      showFrom: try showFrom.map { try Pattern($0) })
    let result = (profile ?? self.profile).filtered(by: filters, notices: &notices)
    #expect(result.checkInvariants() == nil)
    return (result.summary, notices.map(\.description))
  }

  @Test func `without filters every sample stays, even one without frames`() throws {
    #expect(try filtered().samples.count == 5)
  }

  @Test func `focus keeps the samples with a frame that matches`() throws {
    #expect(try filtered(focus: "^a$").samples == ["main a b 1", "main a c 2"])
  }

  @Test func `focus looks at source files and mapped files too`() throws {
    #expect(try filtered(focus: "d\\.go").samples == ["main d 4"])
    #expect(try filtered(focus: "libc").samples == ["main 0x10010 8"])
  }

  @Test func `ignore wins over focus`() throws {
    #expect(try filtered(focus: "^a$", ignore: "^b$").samples == ["main a c 2"])
  }

  @Test func `any filter by name leaves out samples without frames`() throws {
    #expect(try filtered(ignore: "nowhere").samples.count == 4)
  }

  @Test func `hide takes frames out of the middle and the sample when none is left`() throws {
    let result = try filtered(hide: "^a$|^d$|^c$")
    #expect(result.samples == ["main b 1", "main 2", "main 4", "main 0x10010 8"])
    #expect(try filtered(hide: ".").samples.isEmpty)
  }

  @Test func `hide takes single lines out of inlined calls`() throws {
    let profile = Profile.of([("n", "")], StackSample("main outer/inner leaf", 1))
    #expect(try filtered(profile, hide: "inner").samples == ["main outer leaf 1"])
    #expect(try filtered(profile, hide: "outer|inner").samples == ["main leaf 1"])
    #expect(try filtered(profile, hide: "prog").samples.isEmpty)
  }

  @Test func `show keeps only lines that match`() throws {
    let profile = Profile.of([("n", "")], StackSample("main outer/inner leaf", 1))
    #expect(try filtered(profile, show: "inner|leaf").samples == ["inner leaf 1"])
    #expect(try filtered(profile, show: "prog").samples == ["main outer/inner leaf 1"])
  }

  @Test func `show hides locations without lines even where their mapping matches`() throws {
    #expect(try filtered(show: "main|libc").samples.last == "main 8")
  }

  @Test func `show_from starts stacks at the match closest to the root`() throws {
    let profile = Profile.of(
      [("n", "")], StackSample("main x y x z", 1), StackSample("main y/x/w z", 2),
      StackSample("main z", 4))
    #expect(try filtered(profile, showFrom: "^x$").samples == ["x y x z 1", "x/w z 2"])
  }

  @Test func `filters that match nothing are told of`() throws {
    let result = try filtered(focus: "1", ignore: "2", hide: "3", show: "4", showFrom: "5")
    #expect(result.samples.isEmpty)
    #expect(
      result.notices
        == ["Focus", "Ignore", "Hide", "Show", "ShowFrom"].map {
          "\($0) expression matched no samples"
        })
  }

  @Test func `what an ignored location matches is not in the focus`() throws {
    let result = try filtered(focus: "^d$", ignore: "^d$")
    #expect(result.notices == ["Focus expression matched no samples"])
  }
}
