import Testing
@Suite struct PlaceholderTerminalUITests {}
