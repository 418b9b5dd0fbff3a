extension StackTable {
  /// Fewer stacks than this are gone through before a second thread has begun.
  static let leastForTwo = 1 << 16

  /// What `body` answers for ranges of rows that are all stacks together, in order: for two halves,
  /// of which another thread goes through the second, where there are many, else for all at once.
  ///
  /// No range shares frames with what stands before it.
  public func inHalves<Answer: Sendable>(
    _ body: @Sendable (Range<Int>) -> Answer
  ) -> [Answer] {
    guard count >= Self.leastForTwo, SystemThread.canRunBeside else { return [body(0..<count)] }
    let middle = count / 2 / Self.restartInterval * Self.restartInterval
    return withoutActuallyEscaping(body) { body in
      let second = OtherHalf { body(middle..<count) }
      second.start()
      let first = body(0..<middle)
      return [first, second.wait()]
    }
  }
}

/// Work that another thread does, if the system has one to give.
private final class OtherHalf<Answer: Sendable>: @unchecked Sendable {
  // Written by the other thread alone until it was joined, read afterwards.
  private var answer: Answer?
  private var thread: SystemThread?
  private let body: @Sendable () -> Answer

  init(_ body: @escaping @Sendable () -> Answer) { self.body = body }

  func start() { thread = SystemThread { self.answer = self.body() } }

  func wait() -> Answer {
    thread?.join()
    return answer ?? body()
  }
}
