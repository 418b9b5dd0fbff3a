import ProfileAnalysis
import ProfileModel

/// A flame graph as SVG: root on top, the widest child first, a colour for each package.
///
/// What is narrower than a four-thousandth of the whole is drawn as one mark that tells how many frames it
/// stands for. Where values of both signs occur, as in a comparison, orange grew and blue shrank. All that
/// is shown is in the drawing as text; the script reads it from there, and holds nothing of the profile.
struct FlameGraph {
  /// How finely widths are told apart.
  private static let columns = 4_000
  /// Rows are added until there are this many frames, so that no profile makes a file that nothing opens.
  private static let maximumFrames = 25_000
  private static let width = 1200.0
  private static let margin = 10.0
  private static let rowHeight = 17
  private static let top = 40
  /// The width of a character at 12 pixels, of the fonts that the style asks for.
  private static let characterWidth = 7.25

  private let subject: ReportSubject
  private let tree: CallTree
  private let names: EscapedNames
  private let numbers: ReportNumbers
  private let isSigned: Bool

  init(_ subject: ReportSubject) {
    self.subject = subject
    let nodes = subject.nodeTable()
    let values = subject.sampleValues
    tree = CallTree(subject.profile, nodes: nodes, values: values)
    names = EscapedNames(of: nodes, as: .xml)
    numbers = subject.numbers(in: subject.options.unit == "minimum" ? "auto" : subject.options.unit)
    isSigned = values.contains { $0 < 0 } && values.contains { $0 > 0 }
  }

  func write(to output: inout OutputBuffer) {
    var layout = FlameLayout(tree, columns: Self.columns)
    var count = 0
    var rows = 0
    while rows < layout.rowCount, count < Self.maximumFrames {
      count += layout[rows].count
      rows += 1
      layout.layOut(through: rows)
    }
    let height = Self.top + rows * Self.rowHeight + 40
    writeHead(height: height, to: &output)
    for row in 0..<rows {
      for span in layout[row] where output.isOpen { write(span, row: row, to: &output) }
    }
    if rows < layout.rowCount {
      let y = Self.top + rows * Self.rowHeight + 12
      output.write("<text class=\"m\" x=\"10\" y=\"\(y)\">deeper frames are not drawn</text>\n")
    }
    output.write("</svg>\n" as StaticString)
  }

  private func writeHead(height: Int, to output: inout OutputBuffer) {
    let width = Int(Self.width)
    output.write(
      """
      <svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)">
      <style>
      text { font: 12px "DejaVu Sans Mono", Consolas, Menlo, monospace; fill: #111 }
      .t { font-size: 15px } .b { cursor: pointer; text-decoration: underline } .m { fill: #777 }
      .f { cursor: pointer } .f text { pointer-events: none } .f:hover rect { stroke: #000 }
      .up { opacity: .55 } .hit rect { fill: #e0f !important }

      """)
    for (index, color) in FlameGraphColors.packages.enumerated() {
      output.write(".c\(index) { fill: \(color) }\n")
    }
    for color in FlameGraphColors.signed {
      output.write(".\(color.name) { fill: \(color.fill) }\n")
    }
    output.write(
      ".rest { fill: #ccc }\n</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n")
    output.write("<text class=\"t\" x=\"10\" y=\"20\">" as StaticString)
    output.write(TextEscape.xml.escaped("\(subject.title) \(numbers.label(subject.total))"))
    output.write("</text>\n" as StaticString)
    if isSigned {
      output.write(
        "<text class=\"m\" x=\"10\" y=\"35\">orange grew, blue shrank</text>\n" as StaticString)
    }
    output.write(
      """
      <text class="b" id="reset" x="850" y="20" visibility="hidden">Reset zoom</text>
      <text class="b" id="find" x="960" y="20">Search (Ctrl-F)</text>
      <text class="m" id="found" x="960" y="35"></text>
      <text id="about" x="10" y="\(height - 12)"></text>
      <script><![CDATA[\n
      """)
    output.write(FlameGraphScript.text)
    output.write("]]></script>\n" as StaticString)
  }

  private func write(_ span: FlameSpan, row: Int, to output: inout OutputBuffer) {
    let scale = (Self.width - 2 * Self.margin) / Double(Self.columns)
    let (x, width) = (Self.margin + Double(span.start) * scale, Double(span.width) * scale)
    let y = Self.top + row * Self.rowHeight
    output.write(
      "<g class=\"f\" data-x=\"\(span.start)\" data-w=\"\(span.width)\" data-d=\"\(row)\">")
    output.write("<title>" as StaticString)
    writeTitle(of: span, to: &output)
    output.write(
      "</title><rect class=\"\(colorClass(of: span))\" x=\"\(Self.number(x))\" y=\"\(y)\"")
    output.write(" width=\"\(Self.number(width))\" height=\"\(Self.rowHeight - 1)\" rx=\"1\"/>")
    output.write("<text x=\"\(Self.number(x + 3))\" y=\"\(y + 12)\">")
    if !span.isMark {
      let room = Int((width - 6) / Self.characterWidth)
      output.write(TextEscape.xml.escaped(Self.shortened(name(of: span.frame), to: room)))
    }
    output.write("</text></g>\n" as StaticString)
  }

  /// The name on the first line, the value and its share on the second.
  private func writeTitle(of span: FlameSpan, to output: inout OutputBuffer) {
    if span.isMark {
      output.write("\(span.frameCount) frames too narrow to draw")
      return
    }
    let frame = tree[span.frame]
    if frame.node.isNone {
      output.write("all" as StaticString)
    } else {
      names.write(frame.node, to: &output)
    }
    output.write("\n" as StaticString)
    let value = numbers.label(frame.cumulative)
    output.write(TextEscape.xml.escaped("\(value) (\(numbers.trimmedShare(frame.cumulative)))"))
    if frame.flat != 0 {
      output.write(TextEscape.xml.escaped(", itself \(numbers.label(frame.flat))"))
    }
  }

  private func name(of id: CallTreeID) -> String {
    let node = tree.node(of: id)
    return node.isNone ? "all" : tree.nodes.printableName(of: node)
  }

  private func colorClass(of span: FlameSpan) -> String {
    if span.isMark { return "rest" }
    let frame = tree[span.frame]
    if frame.node.isNone { return "rest" }
    if isSigned {
      return FlameGraphColors.signedClass(of: frame.cumulative, total: subject.total)
    }
    let count = UInt64(FlameGraphColors.packages.count)
    return "c\(tree.nodes.colorHash(of: frame.node) % count)"
  }

  /// The text, with `…` at its end where it has more than `room` characters; nothing for less than 3.
  static func shortened(_ text: String, to room: Int) -> String {
    guard room >= 3 else { return "" }
    // East Asian signs take two columns; all beyond Latin and its neighbours are taken for them.
    var left = room
    var result = ""
    for character in text {
      left -= (character.unicodeScalars.first?.value ?? 0) < 0x1100 ? 1 : 2
      if left < 0 { return result.dropLast() + "…" }
      result.append(character)
    }
    return result
  }

  /// The number with at most two digits after the point.
  private static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return String(whole) }
    return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}
