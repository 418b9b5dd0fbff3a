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

/// Runs programs and counts what they take.
enum ChildProcess {
  /// Runs `arguments` to its end, with its output thrown away and nothing to read.
  ///
  /// - Throws: `BenchError` where it cannot be started or does not exit with 0.
  static func measure(_ arguments: [String]) throws -> ProcessCost {
    try run(arguments, output: nil)
  }

  /// What `arguments` prints, at most 64 KiB of it.
  static func output(of arguments: [String]) throws -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw BenchError.system("pipe", errno) }
    defer { close(ends[0]) }
    // A pipe holds 64 KiB, so a program that prints less ends although nobody reads yet.
    let writingEnd = ends[1]
    do {
      _ = try run(arguments, output: writingEnd)
    } catch {
      close(writingEnd)
      throw error
    }
    close(writingEnd)
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    let count = read(ends[0], &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  private static func run(_ arguments: [String], output: Int32?) throws -> ProcessCost {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }

    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let started = posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
    guard started == 0 else { throw BenchError.system("start \(arguments[0])", started) }

    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw BenchError.system("wait for \(arguments[0])", errno) }
    }
    guard status == 0 else { throw BenchError.failed(arguments.joined(separator: " ")) }
    return ProcessCost(usage)
  }
}
