/// A medical specialty, declared.
public protocol DomainPlugin: Sendable {}
