/// A clinic in a box.
public enum TestKit {}
