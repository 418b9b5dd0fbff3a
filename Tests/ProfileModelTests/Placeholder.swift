import Testing
@Suite struct PlaceholderProfileModelTests {}
