import CLibPQ

extension PrivateCluster {
    /// The roles and the database of a cluster that was just made. Whoever can open the socket may log in as
    /// any of them: the directory around it is the door, and only this account and root can enter.
    static func bootstrap(_ files: ClusterFiles) throws {
        let url = DatabaseURLs(socketDirectory: files.socketDirectory, database: "postgres").superuser
        let connection = PQconnectdb(url)
        defer { PQfinish(connection) }
        for statement in statements {
            let result = PQexec(connection, statement)
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_COMMAND_OK else {
                throw ClusterFlaw(
                    "The new database cannot be set up: \(String(cString: PQerrorMessage(connection)))")
            }
        }
    }

    private static let statements = [
        "CREATE ROLE nadi_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION",
        "CREATE ROLE nadi_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION",
        "CREATE ROLE nadi_auditor LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION",
        "CREATE ROLE nadi_platform LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION",
        "CREATE ROLE nadi_worker LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION",
        "CREATE DATABASE nadi OWNER nadi_owner",
        "REVOKE ALL ON DATABASE nadi FROM PUBLIC",
        "GRANT CONNECT ON DATABASE nadi TO nadi_app, nadi_auditor, nadi_platform, nadi_worker",
    ]
}
