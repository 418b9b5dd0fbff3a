import ProfileAnalysis
import ProfileModel
import Testing

@Suite struct ComparisonTests {
  private let types = [(type: "objects", unit: "count"), (type: "space", unit: "bytes")]

  private var old: Profile {
    .of(types, StackSample("a", 2, 20), StackSample("b", 4, 40), StackSample("c", 1, 10))
  }
  private var new: Profile {
    .of(types, StackSample("a", 2, 20), StackSample("b", 10, 100), StackSample("d", 5, 50))
  }

  @Test func `subtracting a base leaves what changed`() throws {
    let result = try new.compared(to: old, as: .subtraction)
    #expect(result.summary == ["b 6 60", "d 5 50", "c -1 -10"])
  }

  @Test func `a difference keeps the base apart under a label`() throws {
    let result = try new.compared(to: old, as: .difference)
    #expect(
      result.summary == [
        "a 2 20", "b 10 100", "d 5 50", "a -2 -20 [pprof::base:true]",
        "b -4 -40 [pprof::base:true]", "c -1 -10 [pprof::base:true]",
      ])
  }

  @Test func `a difference takes the place of such a label that is there already`() throws {
    let marked = Profile.of(
      types, StackSample("a", 1, 1, labels: [("pprof::base", .text("old")), ("k", .text("v"))]))
    #expect(
      marked.labelled("pprof::base", "true").summary == ["a 1 1 [k:v pprof::base:true]"])
  }

  @Test func `normalizing scales each type to the sum of the base`() throws {
    let source = Profile.of(types, StackSample("a", 1, 30), StackSample("b", 3, 10))
    let base = Profile.of(types, StackSample("a", 2, 20))
    #expect(try source.normalized(to: base).summary == ["a 1 15", "b 2 5"])
  }

  @Test func `normalizing keeps values that need no scaling`() throws {
    let source = Profile.of(types, StackSample("a", 1, 30), StackSample("b", 1, 0))
    let base = Profile.of(types, StackSample("c", 2, 60))
    #expect(try source.normalized(to: base).summary == ["a 1 60", "b 1 0"])
  }

  @Test func `a type without values becomes zero, and samples that are zero go`() throws {
    let source = Profile.of(types, StackSample("a", 0, 10), StackSample("b", 0, 0))
    let base = Profile.of(types, StackSample("c", 2, 5))
    #expect(try source.normalized(to: base).summary == ["a 0 5"])
  }

  @Test func `only profiles of the same types are normalized`() throws {
    let base = Profile.of([("objects", "count"), ("space", "kilobytes")], StackSample("a", 1, 1))
    #expect(throws: MergeError.self) {
      try new.compared(to: base, as: .subtraction, normalizes: true)
    }
    #expect(try new.compared(to: base, as: .subtraction).summary.first == "a 1 -1004")
  }
}
