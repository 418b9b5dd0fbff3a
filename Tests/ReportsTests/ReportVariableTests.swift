import Reports
import Testing

@Suite struct ReportVariableTests {
  @Test(arguments: ReportVariables.all.map(\.name))
  func `every variable takes the value that it shows`(name: String) throws {
    let variable = try #require(ReportVariables.variable(name))
    var options = ReportOptions()
    #expect(variable.set(&options, to: variable.value(in: options)))
    #expect(options == ReportOptions())
  }

  @Test func `no name is used twice`() {
    var names: [String] = []
    for variable in ReportVariables.all {
      names.append(variable.name)
      if case .choice(let choices) = variable.kind { names += choices.map(\.name) }
    }
    #expect(Set(names).count == names.count)
  }

  @Test func `hyphens and underscores are the same`() {
    #expect(ReportVariables.variable("sample-index")?.name == "sample_index")
  }

  @Test func `flags take only the words of Go for yes and no`() {
    #expect(BoolWords.flag.parse("yes") == nil)
    #expect(BoolWords.flag.parse("T") == true)
    #expect(BoolWords.configuration.parse("yes") == true)
    #expect(BoolWords.configuration.parse("N") == false)
  }

  @Test func `numbers are read as Go reads them`() {
    #expect(NumberWords.integer("0x10") == 16)
    #expect(NumberWords.integer("-1") == -1)
    #expect(NumberWords.integer("--1") == nil)
    #expect(NumberWords.integer("1.5") == nil)
    #expect(NumberWords.integer("1_000") == 1000)
    #expect(NumberWords.integer("0x_f") == 15)
    #expect(NumberWords.integer("1__0") == nil)
    #expect(NumberWords.integer("_1") == nil)
    #expect(NumberWords.integer("1_") == nil)
    #expect(NumberWords.number("1e9") == 1e9)
    #expect(NumberWords.number("0x1p-3") == 0.125)
    #expect(NumberWords.number("0x1") == nil)
    #expect(NumberWords.number("x") == nil)
    #expect(NumberWords.number("1_0.2_5e0_1") == 102.5)
    #expect(NumberWords.number("-0x_1p1") == -2)
    #expect(NumberWords.number("1__0") == nil)
    #expect(NumberWords.number("1_e1") == nil)
    #expect(NumberWords.number("-Inf") == -.infinity)
    #expect(NumberWords.number("1e400") == nil)
    #expect(NumberWords.number("NaN")?.isNaN == true)
    #expect(NumberWords.number("-NaN") == nil)
  }
}
