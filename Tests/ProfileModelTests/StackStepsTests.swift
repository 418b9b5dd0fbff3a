import ProfileModel
import Testing

@Suite struct StackStepsTests {
  /// Goes to `rows`, one after the other, and expects what is shared and what is not to be the stack.
  private func expectStacks(_ rows: some Sequence<Int>, of stacks: [[LocationID]]) {
    var steps = StackSteps(StackTableTests.table(of: stacks))
    var last: [LocationID] = []
    for row in rows {
      steps.move(to: row)
      let own = steps.own.indices.map { steps.own[$0] }
      #expect(own + last.suffix(steps.shared) == stacks[row])
      last = stacks[row]
    }
  }

  @Test func `stacks in order are what they share and what they do not`() {
    let stacks = StackTableTests.stacks(count: 600)
    expectStacks(stacks.indices, of: stacks)
  }

  @Test func `stacks can be skipped, gone back to, and gone on from`() {
    let stacks = StackTableTests.stacks(count: 600)
    expectStacks(stacks.indices.filter { $0 % 5 != 3 }, of: stacks)
    expectStacks(stacks.indices.reversed(), of: stacks)
    expectStacks([7, 8, 9, 3, 4, 64, 65, 66, 66, 500, 501, 129, 128, 130], of: stacks)
  }
}
