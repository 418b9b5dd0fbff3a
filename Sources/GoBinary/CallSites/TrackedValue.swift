/// Where a register's value comes from, as far as one function's code tells.
indirect enum TrackedValue: Hashable {
  /// An address that the code spells out.
  case constant(UInt64)
  /// The start of a page, to which an instruction adds the rest.
  case page(UInt64)
  /// A register that was cleared.
  case zero
  /// A number that the code spells out.
  case immediate(Int64)
  /// An integer parameter of the function, counted from 0.
  case parameter(Int)
  /// The closure that is running.
  case context
  /// What another function returned.
  case result
  /// An address in the stack frame.
  case slotAddress(Int64)
  /// What lies so many bytes beyond an address.
  case load(TrackedValue, Int64)
  case unknown

  var isConstant: Bool { if case .constant = self { true } else { false } }
  var isNil: Bool { self == .zero || self == .immediate(0) }
}
