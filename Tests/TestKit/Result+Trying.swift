extension Result where Failure == any Error {
    /// What came of the body, kept until everything that it used is closed: `defer` cannot wait.
    public init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
