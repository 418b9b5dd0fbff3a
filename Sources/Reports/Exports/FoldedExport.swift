import ProfileAnalysis

/// Folded stacks: each distinct stack on a line, root first, and its value in the profile's own unit.
///
///     main;serve;read 4096
///
/// Equal stacks are added up; what adds up to 0 is left out. Samples without frames are one line of `<no frames>`.
public struct FoldedExport: Export {
  public let name = "folded"
  public let summary = "Folded stacks, a line each, for flame graph tools"
  public let fileExtension = "folded"

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let table = subject.nodeTable()
    let stacks = DistinctStacks(subject.profile, table)
    let names = EscapedNames(of: table, as: .folded)
    let sums = stacks.sums(of: subject.sampleValues, in: subject.profile)
    for stack in stacks.indices {
      let value = subject.divided(sums[stack])
      if value == 0 || value < 0 && subject.options.dropNegative { continue }
      write(stacks[stack], names, to: &output)
      output.write(byte: UInt8(ascii: " "))
      output.write(value)
      output.write(byte: UInt8(ascii: "\n"))
      if !output.isOpen { return }
    }
  }

  private func write(
    _ frames: some Collection<NodeID>, _ names: EscapedNames, to output: inout OutputBuffer
  ) {
    if frames.isEmpty { output.write("<no frames>" as StaticString) }
    var isFirst = true
    for node in frames {
      if !isFirst { output.write(byte: UInt8(ascii: ";")) }
      isFirst = false
      names.write(node, to: &output)
    }
  }
}
