import TerminalUI

/// A line for the user in the message row, where it stays until the next key.
package struct Message: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case information
    /// What was asked for cannot be done.
    case refusal
    case error
  }

  package let text: String
  package let kind: Kind

  package init(_ text: String, _ kind: Kind = .information) {
    self.text = text
    self.kind = kind
  }

  var role: Role {
    switch kind {
    case .information: .message
    case .refusal: .warning
    case .error: .error
    }
  }
}
