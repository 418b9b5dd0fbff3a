/// The operation of the language that made the runtime allocate.
public enum AllocationCause: String, CaseIterable, Sendable {
  /// `new(T)`, `&T{…}`, or a variable that was moved to the heap.
  case new
  /// An array: a slice literal, the arguments of a variadic call, or an array variable.
  case array
  /// A function literal with captured variables, or a method value.
  case closure
  /// `make([]T, n)`.
  case slice
  /// An `append` that outgrew its array.
  case append
  /// A value that was put into an interface.
  case iface
  /// `make(map[K]V)`, or a map literal.
  case map
  /// An assignment that made a map grow.
  case mapgrow
  /// `make(chan T)`.
  case chan
  /// A string that was concatenated or converted.
  case string
  /// Bytes or runes that were converted from a string.
  case bytes
  /// A `go` statement.
  case goroutine
  /// A `defer` that could not live on the stack.
  case `defer`
  /// A channel operation that had to wait.
  case wait
  /// A timer or ticker.
  case timer
  /// An assertion's cache of method tables.
  case itab
  /// A finalizer or cleanup that was set.
  case finalizer
  /// A panic in flight.
  case panic
  /// An operating-system thread.
  case thread
  /// The runtime itself, for something that is none of the above.
  case runtime

  /// What the type of such an allocation is the type of.
  public var typeRole: TypeRole {
    switch self {
    case .slice, .append: .element
    case .map, .mapgrow, .chan: .container
    case .new, .array, .closure, .iface, .string, .bytes, .goroutine, .defer, .wait, .timer, .itab,
      .finalizer, .panic, .thread, .runtime:
      .object
    }
  }

  /// How a type relates to the allocated memory.
  public enum TypeRole: Sendable {
    /// The memory holds one value of the type.
    case object
    /// The memory holds any number of values of the type.
    case element
    /// The memory is part of a map or channel of the type.
    case container
  }
}
