import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@Suite struct NameSimplificationTests {
  private func name(
    of name: String, systemName: String? = nil,
    _ simplification: NameSimplification = NameSimplification()
  ) -> String {
    var builder = ProfileBuilder(sampleTypes: ("calls", "count"))
    _ = builder.function("first")
    let function = builder.function(name, systemName: systemName)
    return builder.finish().simplifyingNames(simplification).name(of: function)
  }

  @Test(arguments: [
    ("ns::Type<int>::run(long, char)", "ns::Type::run"),
    ("plain(int)", "plain(int)"),
    ("main.(*T[...]).Walk", "main.(*T[...]).Walk"),
    ("main.Map[go.shape.func(int) bool]", "main.Map[go.shape.func bool]"),
    ("org.Example.<init>", "org.Example.<init>"),
    ("a::b) c(d)", "a::b) c(d)"),
    ("a::(b)(c", "a::(c"),
  ])
  func `what looks like C++ loses its arguments`(full: String, simple: String) {
    #expect(name(of: full) == simple)
  }

  @Test func `a name that differs from the linker's stays unless forced`() {
    #expect(name(of: "a::b(int)", systemName: "other") == "a::b(int)")
    var forced = NameSimplification()
    forced.isForced = true
    #expect(name(of: "a::b(int)", systemName: "x::y(int)", forced) == "x::y")
  }

  @Test func `template arguments can stay`() {
    var templates = NameSimplification()
    templates.dropsTemplateArguments = false
    #expect(name(of: "a::b<int>(long)", templates) == "a::b<int>")
  }
}
