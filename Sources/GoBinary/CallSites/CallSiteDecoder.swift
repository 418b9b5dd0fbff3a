/// How one instruction set makes calls, and how values reach their arguments.
///
/// To add one, write `CallSites/XCallSites.swift` and list it in `InstructionSets.all`. A decoder may
/// keep what it has decoded; it answers `unknown` rather than work without bound.
protocol CallSiteDecoder: SendableMetatype {
  static var architecture: Architecture { get }

  init(_ executable: GoExecutable)

  /// What stands before the address to which a call returns.
  func transfer(before returnAddress: UInt64) -> Transfer

  /// The calls of fixed functions in the code of `function`, in order.
  mutating func directCalls(in function: FunctionTable.Function) -> [DirectCall]

  /// Where an integer argument of a call comes from: argument 0 is the first.
  mutating func argument(
    _ index: Int, ofCallReturningTo address: UInt64, in function: FunctionTable.Function
  ) -> TrackedValue

  /// The type beside which the result of a call is put.
  mutating func typeBesideResult(
    ofCallReturningTo address: UInt64, in function: FunctionTable.Function,
    shape: AllocatorRule.ResultShape, callers: Callers
  ) -> GoType?
}

/// The way that control leaves a function at an address.
enum Transfer: Equatable {
  case direct(UInt64)
  case indirect
  case none
}

/// A call of a fixed function.
struct DirectCall {
  var returnAddress: UInt64
  var target: UInt64
}

/// The return addresses of the frames above one, to be asked for when they are needed.
struct Callers {
  /// The return address of frame *n* of the whole stack, or nil beyond its end.
  let returnAddress: (Int) -> UInt64?
  /// How many frames lie below.
  var depth = 0

  var first: UInt64? { returnAddress(depth) }
  func dropFirst() -> Callers { Callers(returnAddress: returnAddress, depth: depth + 1) }
}

/// The instruction sets whose call sites are read.
enum InstructionSets {
  static let all: [any CallSiteDecoder.Type] = [X86CallSites.self, ARM64CallSites.self]

  static func decoder(for executable: GoExecutable) -> (any CallSiteDecoder)? {
    all.first { $0.architecture == executable.image.architecture }?.init(executable)
  }
}

extension CallSiteDecoder {
  /// The address that a value stands for, found in the callers' code where it is a parameter.
  ///
  /// - Parameter entry: where the function starts in which `value` was found.
  mutating func address(
    of value: TrackedValue, _ executable: GoExecutable, callers: Callers, entry: UInt64
  ) -> UInt64? {
    switch value {
    case .constant(let address): return address
    case .load(let base, let distance):
      guard
        let base = address(of: base, executable, callers: callers, entry: entry),
        // What a variable holds is only known to the program that runs.
        executable.image.isConstant(base)
      else { return nil }
      return executable.image.pointer(at: base &+ UInt64(bitPattern: distance))
    case .parameter(let index):
      guard callers.depth < Self.callerLimit, let caller = callers.first,
        transfer(before: caller) == .direct(entry),
        let function = executable.functions.function(at: caller &- 1)
      else { return nil }
      let passed = argument(index, ofCallReturningTo: caller, in: function)
      return address(
        of: passed, executable, callers: callers.dropFirst(), entry: function.entry)
    case .page, .zero, .immediate, .context, .result, .slotAddress, .unknown: return nil
    }
  }

  /// A dictionary is handed down through no more calls than this.
  private static var callerLimit: Int { 64 }
}
