import Identity
public import JSON
public import Shapes

/// What a program is told of a person (OpenID Connect Core, 5.3): what they have let it know, and what of
/// that the clinic has.
public struct KnownToProgram: Answerable {
    let scopes: [OpenIDScope]
    let person: Person
    let name: String
    let language: String?
    let email: String?
    let isEmailProven: Bool
    let phone: String?
    let isPhoneProven: Bool

    /// Members that are not known are left out, as OpenID Connect has it.
    public static var schema: Schema {
        .object(
            [
                .init("sub", .string().described("The person, as ID tokens name them."), isRequired: true),
                .init("name", .string().described("With `profile`."), isRequired: false),
                .init("locale", .string().described("With `profile`, of patients."), isRequired: false),
                .init("email", .string().described("With `email`."), isRequired: false),
                .init(
                    "email_verified",
                    .typed("boolean").described(
                        "Whether the person has proven it; what the clinic only wrote down is not."),
                    isRequired: false),
                .init("phone_number", .string().described("With `phone`, in E.164."), isRequired: false),
                .init(
                    "phone_number_verified", .typed("boolean").described("As for mail."), isRequired: false),
            ], name: "KnownToProgram")
    }

    /// Writes what there is.
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("sub", person.text)
            if scopes.contains(.profile) {
                writer.member("name", name)
                if let language { writer.member("locale", language) }
            }
            if scopes.contains(.email), let email {
                writer.member("email", email)
                writer.member("email_verified", isEmailProven)
            }
            if scopes.contains(.phone), let phone {
                writer.member("phone_number", phone)
                writer.member("phone_number_verified", isPhoneProven)
            }
        }
    }
}
