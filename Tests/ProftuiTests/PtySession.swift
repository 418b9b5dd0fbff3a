import Foundation
import Testing

/// The program on a terminal of the system's, under a shell that knows job control; the test is who sits
/// at it.
///
/// Everything sent is kept. A program that stops is brought back by the shell at once, as by `fg`.
final class PtySession {
  private let scratch: Scratch
  private let master: Int32
  /// The name of the end that the program has.
  private let path: String
  private var shell: ChildProcess?
  /// What the terminal was sent so far; only the last part where there is much.
  private(set) var output = Data()
  private(set) var outputCount = 0
  private(set) var isClosed = false

  /// - Parameter environment: variables beside those of every test.
  init(
    _ arguments: [String], columns: Int = 80, rows: Int = 24, term: String = "xterm-256color",
    environment: [String] = []
  ) throws {
    scratch = try Scratch()
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    try #require(master >= 0)
    var (locked, number): (Int32, UInt32) = (0, 0)
    try #require(ioctl(master, 0x4004_5431, &locked) == 0)  // TIOCSPTLCK
    try #require(ioctl(master, 0x8004_5430, &number) == 0)  // TIOCGPTN
    path = "/dev/pts/\(number)"
    resize(columns, rows)
    let folder = scratch.folder.path
    let script = """
      set -m; cd \(folder); stty -g > before
      sh -c 'echo $$ > pid; exec "$0" "$@"' "$0" "$@" 2> errors
      status=$?
      while [ $status = 148 ] || [ $status = 147 ]; do fg > /dev/null 2>&1; status=$?; done
      echo $status > status; stty -g > after
      """
    shell = try ChildProcess(
      "/bin/sh", ["-c", script, Program.executable.path] + arguments,
      environment: [
        "HOME=\(folder)", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TERM=\(term)", "EDITOR=true",
        "SWIFT_BACKTRACE=enable=no",
      ] + environment,
      streams: Array(repeating: .file(path, O_RDWR), count: 3), hasOwnSession: true)
  }

  deinit {
    if let shell {
      kill(-shell.id, SIGKILL)
      if let process { kill(process, SIGKILL) }
      shell.wait()
    }
    close(master)
  }

  /// The process of the program; nil before it runs.
  var process: pid_t? {
    (try? file("pid")).flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  /// Gives the terminal another size, which the system tells who is in the foreground.
  func resize(_ columns: Int, _ rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  func signal(_ signal: Int32) {
    if let process { kill(process, signal) }
  }

  /// Types bytes, as fast as the terminal takes them, and reads what comes meanwhile.
  func type(_ text: String) {
    var rest = Array(text.utf8)[...]
    let deadline = ContinuousClock.now + .seconds(60)
    while !rest.isEmpty, !isClosed, ContinuousClock.now < deadline {
      let ready = wait(for: Int16(POLLIN | POLLOUT))
      if ready & Int16(POLLIN) != 0 { read() }
      guard ready & Int16(POLLOUT) != 0 else { continue }
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
    }
  }

  /// Reads until the program has taken everything that was typed.
  func settle() {
    let deadline = ContinuousClock.now + .seconds(60)
    while unreadCount > 0, !isClosed, ContinuousClock.now < deadline {
      if wait(for: Int16(POLLIN), milliseconds: 2) != 0 { read() }
    }
  }

  /// Stops the program as the shell's Ctrl-Z does, and reads until the shell has brought it back.
  func suspend() {
    let before = outputCount
    signal(SIGTSTP)
    let deadline = ContinuousClock.now + .seconds(60)
    // It paints when it comes back, and what it sends before it leaves is less than this.
    while outputCount < before + 60 || isCanonical, !isClosed, ContinuousClock.now < deadline {
      if wait(for: Int16(POLLIN), milliseconds: 2) != 0 { read() }
    }
  }

  /// Whether the terminal gives out what is typed line by line, as to a shell.
  private var isCanonical: Bool {
    let slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    guard slave >= 0 else { return false }
    defer { close(slave) }
    var attributes = termios()
    return tcgetattr(slave, &attributes) == 0 && attributes.c_lflag & UInt32(ICANON) != 0
  }

  /// How many bytes were typed and not taken yet.
  private var unreadCount: Int32 {
    let slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    guard slave >= 0 else { return 0 }
    defer { close(slave) }
    var count: Int32 = 0
    return ioctl(slave, UInt(FIONREAD), &count) == 0 ? count : 0
  }

  /// Reads until `isEnough` holds of what was sent, or the program has left.
  @discardableResult
  func read(until isEnough: (Data) -> Bool) -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if isEnough(output) { return true }
      if isClosed { return false }
      if wait(for: Int16(POLLIN)) != 0 { read() }
    }
    return false
  }

  /// Reads until the program and its shell have left.
  func readToEnd() -> Bool {
    read { _ in false }
    return isClosed
  }

  /// The most memory that the program has had so far, in bytes; nil once it has left.
  var peakMemory: Int? {
    guard let process,
      let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { $0.isWhitespace }).dropFirst().first
    else { return nil }
    return Int(kilobytes).map { $0 * 1024 }
  }

  func file(_ name: String) throws -> String {
    try String(contentsOf: scratch.folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// The program's exit status, 128 and the signal's number where one ended it.
  func status() throws -> Int32? {
    Int32(try file("status").trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// What can be done now, or within the time.
  private func wait(for events: Int16, milliseconds: Int32 = 1000) -> Int16 {
    var descriptor = pollfd(fd: master, events: events, revents: 0)
    guard poll(&descriptor, 1, milliseconds) > 0 else { return 0 }
    let isOver = descriptor.revents & Int16(POLLHUP | POLLERR) != 0
    return descriptor.revents | (isOver ? Int16(POLLIN) : 0)
  }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Foundation.read(master, &buffer, buffer.count)
    if count > 0 {
      output.append(contentsOf: buffer.prefix(count))
      outputCount += count
      // Enough to find the last of everything.
      if output.count > 8 << 20 { output.removeFirst(4 << 20) }
    } else if count == 0 || errno == EIO {
      isClosed = true
    }
  }
}

extension Data {
  /// Where the bytes of `text` begin last; nil where they do not occur.
  func last(_ text: String) -> Index? {
    range(of: Data(text.utf8), options: .backwards)?.lowerBound
  }
  func has(_ text: String) -> Bool { range(of: Data(text.utf8)) != nil }
}
