import Testing
@Suite struct PlaceholderProfileFormatsTests {}
