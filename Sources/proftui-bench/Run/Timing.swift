import Glibc

/// How long a step takes, run over and over.
struct Timing {
  /// Nanoseconds of processor time, over all threads.
  private(set) var best: UInt64
  private(set) var median: UInt64
  /// Bytes of memory that the result takes, to the page.
  private(set) var keptBytes: Int

  /// Runs `step` at least three times, and as often as `seconds` of processor time allow.
  init(_ step: BenchStep, _ subject: BenchSubject, seconds: Double) throws {
    let work = try step.prepare(subject)
    let enough = UInt64(max(seconds, 0) * 1e9)
    var times: [UInt64] = []
    var spent: UInt64 = 0
    var kept = 0
    while times.count < 3 || (spent < enough && times.count < 1_000) {
      let before = Self.residentBytes()
      let start = Self.now()
      let result = try work()
      let time = Self.now() - start
      // What earlier runs gave back to the heap is taken again unseen, so the largest is the truth.
      kept = max(kept, Self.residentBytes() - before)
      withExtendedLifetime(result) {}
      times.append(time)
      spent += time
    }
    times.sort()
    best = times[0]
    median = times[times.count / 2]
    keptBytes = kept
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Bytes of memory that this process has, to the page.
  private static func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let text = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return (pages ?? 0) * Int(getpagesize())
  }
}
