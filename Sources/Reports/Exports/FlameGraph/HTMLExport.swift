/// The flame graph within a page, which lets nothing be loaded.
public struct HTMLExport: Export {
  public let name = "html"
  public let summary = "The flame graph within a page"
  public let fileExtension = "html"

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    output.write(
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <title>
      """ as StaticString)
    output.write(TextEscape.xml.escaped(subject.title))
    output.write(
      """
      </title>
      <style>body { margin: 0; background: #fff } svg { display: block; width: 100%; height: auto }</style>
      </head><body>

      """ as StaticString)
    FlameGraph(subject).write(to: &output)
    output.write("</body></html>\n" as StaticString)
  }
}
