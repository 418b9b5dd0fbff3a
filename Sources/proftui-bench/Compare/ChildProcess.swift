import Glibc

/// What a whole process took, with the processes that it waited for.
struct ProcessCost: Sendable {
  /// Seconds of processor time, in the program and in the system on its behalf.
  var cpuSeconds: Double
  /// The most bytes of memory that it held.
  var peakBytes: Int

  /// What this process has taken so far.
  static var current: ProcessCost {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return ProcessCost(usage)
  }

  init(cpuSeconds: Double, peakBytes: Int) {
    self.cpuSeconds = cpuSeconds
    self.peakBytes = peakBytes
  }

  init(_ usage: rusage) {
    cpuSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    peakBytes = Int(usage.ru_maxrss) << 10
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}

/// A program that runs beside this one, with nothing to read.
struct ChildProcess {
  private let id: pid_t
  private let command: String

  /// Starts `arguments`.
  ///
  /// - Parameters:
  ///   - output: where standard output goes; nil to throw it away.
  ///   - errors: where standard error goes; nil to throw it away.
  /// - Throws: `BenchError` where it cannot be started.
  init(_ arguments: [String], output: Int32? = nil, errors: Int32? = nil) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (number, descriptor) in [(1 as Int32, output), (2, errors)] {
      if let descriptor {
        posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      } else {
        posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0)
      }
    }
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var id: pid_t = 0
    let started = posix_spawnp(&id, arguments[0], &actions, nil, &words, environ)
    guard started == 0 else { throw BenchError.system("start \(arguments[0])", started) }
    self.id = id
    command = arguments.joined(separator: " ")
  }

  /// Waits for the program to end.
  ///
  /// - Throws: `BenchError` where it does not exit with 0.
  func wait() throws -> ProcessCost {
    var status: Int32 = 0
    guard let cost = reap(&status, options: 0), status == 0 else {
      throw BenchError.failed(command)
    }
    return cost
  }

  /// Whether the program has ended, which it should not have: it is gone then.
  func hasEnded() -> Bool {
    var status: Int32 = 0
    return reap(&status, options: WNOHANG) != nil
  }

  /// Ends the program, and tells what it took.
  func end() throws -> ProcessCost {
    kill(id, SIGKILL)
    var status: Int32 = 0
    guard let cost = reap(&status, options: 0) else { throw BenchError.failed(command) }
    return cost
  }

  private func reap(_ status: inout Int32, options: Int32) -> ProcessCost? {
    var usage = rusage()
    while true {
      let reaped = wait4(id, &status, options, &usage)
      if reaped == id { return ProcessCost(usage) }
      if reaped == 0 || errno != EINTR { return nil }
    }
  }

  /// Runs `arguments` to its end, with its output thrown away.
  static func measure(_ arguments: [String]) throws -> ProcessCost {
    try ChildProcess(arguments).wait()
  }

  /// What `arguments` prints on standard output and standard error, at most 64 KiB of it.
  static func output(of arguments: [String]) throws -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw BenchError.system("pipe", errno) }
    defer { close(ends[0]) }
    // A pipe holds 64 KiB, so a program that prints less ends although nobody reads yet.
    let writingEnd = ends[1]
    do {
      _ = try ChildProcess(arguments, output: writingEnd, errors: writingEnd).wait()
    } catch {
      close(writingEnd)
      throw error
    }
    close(writingEnd)
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    let count = read(ends[0], &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }
}
