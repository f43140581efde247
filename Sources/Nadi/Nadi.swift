/// The one program.
@main
struct Nadi {
    static func main() {}
}
