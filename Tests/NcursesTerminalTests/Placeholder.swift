import Testing
@Suite struct PlaceholderNcursesTerminalTests {}
