import Reports
import Testing

@Suite struct ReportWriterTests {
  private func written(_ writer: any ReportWriter) -> String {
    var table = ReportTable(
      of: ReportMeasure(sampleType: "cpu", unit: "nanoseconds", total: 7), report: "top",
      columns: ["flat", "name"])
    table.append([.integer(5), .text("a|b \"c\", d\u{1}\n<e>")])
    table.append([.none, .list(["x", "y"])])
    var output = OutputBuffer()
    writer.write(table, to: &output)
    return String(decoding: output.finish(), as: UTF8.self)
  }

  @Test func `JSON escapes quotes and control characters`() {
    #expect(
      written(JSONWriter()) == """
        {
          "report": "top",
          "sampleType": "cpu",
          "unit": "nanoseconds",
          "total": 7,
          "rows": [
            {"flat": 5, "name": "a|b \\"c\\", d\\u0001\\n<e>"},
            {"flat": null, "name": ["x", "y"]}
          ]
        }

        """)
  }

  @Test func `CSV quotes what holds a comma, a quote or a line end`() {
    #expect(
      written(CSVWriter())
        == "flat,name\r\n5,\"a|b \"\"c\"\", d\u{1}\n<e>\"\r\n,x;y\r\n")
  }

  @Test func `Markdown keeps a cell a cell`() {
    #expect(
      written(MarkdownWriter()) == """
        | flat | name |
        | ---: | --- |
        | 5 | a\\|b "c", d\u{FFFD} &lt;e> |
        |  | x;y |

        """)
  }

  @Test func `text aligns numbers to the right`() {
    #expect(
      written(TextWriter()) == """
        flat  name
           5  a|b "c", d\u{FFFD}\u{FFFD}<e>
              x;y

        """)
  }

  @Test func `no form has the name of another`() {
    #expect(Set(ReportWriters.all.map(\.name)).count == ReportWriters.all.count)
  }
}
