import ProfileAnalysis
import ProfileModel

/// The source of the functions that match, with what each line costs.
public struct ListReport: Report {
  public let name = "list"
  public let summary = "Source of functions that match, with what each line costs"
  public let takesPattern = true

  public init() {}

  public func adjust(_ options: inout ReportOptions) {
    options.settle(nodeCount: 0, trims: false)
    options.granularity = .lines
  }

  public func write(
    _ subject: ReportSubject, to output: inout OutputBuffer
  ) throws(ReportError) {
    let listing = try SourceListing(subject)
    let numbers = subject.numbers(in: subject.options.unit)
    func padded(_ value: Int64) {
      output.write(value == 0 ? "." : numbers.label(value), rightAlignedIn: 10)
      output.write(" " as StaticString)
    }
    output.writeLine("Total: \(numbers.label(subject.total))")
    for function in listing.functions {
      if function.files.isEmpty {
        output.write("No source information for " as StaticString)
        output.write(function.name)
        output.write("\n" as StaticString)
      }
      for file in function.files {
        output.write("ROUTINE ======================== " as StaticString)
        output.write(function.name)
        output.write(" in " as StaticString)
        output.write(file.name)
        output.write("\n" as StaticString)
        output.write(numbers.label(file.flat), rightAlignedIn: 10)
        output.write(" " as StaticString)
        output.write(numbers.label(file.cumulative), rightAlignedIn: 10)
        output.writeLine(" (flat, cum) \(numbers.share(file.cumulative)) of Total")
        switch file.lines {
        case .failure(let error): output.writeLine(" Error: \(error.message)")
        case .success(let lines):
          for line in lines {
            padded(line.flat)
            padded(line.cumulative)
            output.write(String(line.number), rightAlignedIn: 6)
            output.write(":" as StaticString)
            output.write(line.text)
            output.write("\n" as StaticString)
          }
        }
      }
    }
  }

  public func table(of subject: ReportSubject) throws(ReportError) -> ReportTable {
    var table = ReportTable(
      of: subject, report: name, columns: ["function", "file", "line", "flat", "cum", "source"])
    for function in try SourceListing(subject).functions {
      let name = String(decoding: function.name, as: UTF8.self)
      for file in function.files {
        guard case .success(let lines) = file.lines else { continue }
        for line in lines {
          table.append([
            .text(name), .text(String(decoding: file.name, as: UTF8.self)),
            .integer(line.number), .integer(line.flat), .integer(line.cumulative),
            .text(String(decoding: line.text, as: UTF8.self)),
          ])
        }
      }
    }
    return table
  }
}
