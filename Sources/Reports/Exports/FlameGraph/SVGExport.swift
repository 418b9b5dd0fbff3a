/// A flame graph in one SVG file that needs nothing else: search, zoom and reset are in it.
public struct SVGExport: Export {
  public let name = "svg"
  public let summary = "A flame graph in one file, with search and zoom, for a browser"
  public let fileExtension = "svg"

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    output.write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n" as StaticString)
    FlameGraph(subject).write(to: &output)
  }
}
