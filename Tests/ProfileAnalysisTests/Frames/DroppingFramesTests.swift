import ProfileModel
import Testing

@testable import ProfileAnalysis

@Suite struct DroppingFramesTests {
  private func dropped(
    _ stack: String, drop: String, keep: String = ""
  ) -> (samples: [String], notices: [String]) {
    let profile = Profile.of([("n", "")], StackSample(stack, 1)) {
      $0.dropFrames = drop
      $0.keepFrames = keep
    }
    var notices: [FilterNotice] = []
    let result = profile.droppingUninterestingFrames(notices: &notices)
    #expect(result.checkInvariants() == nil)
    return (result.summary, notices.map(\.description))
  }

  @Test func `a frame to drop goes with all that it calls`() {
    #expect(dropped("main work malloc sbrk", drop: "malloc").samples == ["main work 1"])
  }

  @Test func `the expression has to match the whole name`() {
    #expect(dropped("main mymalloc x", drop: "malloc").samples == ["main mymalloc x 1"])
  }

  @Test func `frames before the first of interest stay`() {
    #expect(dropped("start go work start x", drop: "start|go").samples == ["start go work 1"])
    #expect(dropped("start go", drop: "start|go").samples == ["start go 1"])
  }

  @Test func `what keep_frames matches is not dropped`() {
    let result = dropped("main malloc malloc_hook x", drop: "malloc.*", keep: "malloc_hook|malloc")
    #expect(result.samples == ["main malloc malloc_hook x 1"])
  }

  @Test func `an inlined call to drop leaves its caller in the location`() {
    #expect(dropped("main work/malloc/x y", drop: "malloc").samples == ["main work 1"])
  }

  @Test func `an expression that is none drops nothing and is told of`() {
    let result = dropped("main malloc", drop: "(")
    #expect(result.samples == ["main malloc 1"])
    #expect(
      result.notices == [
        "failed to compile regexp (: error parsing regexp: missing closing ): `^(()$`"
      ])
  }

  @Test func `prune_from cuts below the match closest to the leaf`() throws {
    let profile = Profile.of(
      [("n", "")], StackSample("main a b a c", 1), StackSample("x outer/a/in c", 2),
      StackSample("main c", 4))
    var notices: [FilterNotice] = []
    let result = profile.pruned(from: try Pattern("^a$"), notices: &notices)
    #expect(result.summary == ["main a b a 1", "x outer/a 2", "main c 4"])
  }

  @Test(
    arguments: [
      ("foo", "foo"), ("foo(int)", "foo"), (".foo(int)", "foo"), ("", ""), ("(", ""),
      ("(anonymous namespace)::f(int)", "(anonymous namespace)::f"),
      ("A::operator()(int)", "A::operator()"), ("operator(", "operator"),
      ("main.(*T).f", "main."), ("..x", ".x"), ("(anonymous)", ""),
    ])
  func `names are cut at their argument list`(name: String, simplified: String) {
    var name = name
    let range = name.withUTF8 { SimplifiedName.range(in: $0) }
    #expect(String(decoding: Array(name.utf8)[range], as: UTF8.self) == simplified)
  }
}
