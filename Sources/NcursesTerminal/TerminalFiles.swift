import Glibc

/// The files of a terminal: where keys come from, where the screen goes, and how it was set before.
struct TerminalFiles {
  let input: Int32
  let output: Int32
  private let opened: [Int32]
  private let attributes: termios?

  init(input: Int32?, output: Int32?) throws(NcursesTerminalError) {
    var opened: [Int32] = []
    func open(_ given: Int32?, _ standard: Int32) -> Int32? {
      if let given { return given }
      if isatty(standard) == 1 { return standard }
      if let known = opened.first { return known }
      let file = Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
      guard file >= 0 else { return nil }
      opened.append(file)
      return file
    }
    guard let output = open(output, STDOUT_FILENO), let input = open(input, STDIN_FILENO) else {
      for file in opened { Glibc.close(file) }
      throw .noTerminal
    }
    self.input = input
    self.output = output
    self.opened = opened
    var attributes = termios()
    self.attributes = tcgetattr(output, &attributes) == 0 ? attributes : nil
  }

  /// Sets the terminal as it was when this was made.
  func restoreAttributes() {
    guard var attributes else { return }
    tcsetattr(output, TCSADRAIN, &attributes)
  }

  /// Closes what was opened here.
  func close() {
    for file in opened { Glibc.close(file) }
  }

  /// Writes bytes as they are.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
