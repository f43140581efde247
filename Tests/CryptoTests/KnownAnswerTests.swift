import Testing

@testable import Crypto

/// The answers that the standards themselves print.
struct KnownAnswerTests {
    static let hashes: [(text: String, times: Int, digest: String)] = [
        ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test("SHA-256 answers as FIPS 180-4 prints it", arguments: hashes.indices)
    func hash(index: Int) {
        let (text, times, digest) = Self.hashes[index]
        let bytes = (0..<times).flatMap { _ in Array(text.utf8) }
        #expect(Hex.encode(SHA256.digest(of: bytes)) == digest)
        let half = bytes.count / 2
        #expect(Hex.encode(SHA256.digest(of: Array(bytes[..<half]), Array(bytes[half...]))) == digest)
    }

    static let macs: [(key: [UInt8], message: [UInt8], mac: String)] = [
        (
            Array(repeating: 0x0b, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            Array(repeating: 0xaa, count: 20), Array(repeating: 0xdd, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Array(1...25), Array(repeating: 0xcd, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            Array(repeating: 0xaa, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        ([], [], "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ]

    @Test("HMAC-SHA256 answers as RFC 4231 prints it, an empty key included", arguments: macs.indices)
    func mac(index: Int) {
        let (key, message, mac) = Self.macs[index]
        #expect(Hex.encode(HMAC.sha256(of: message, key: key)) == mac)
    }

    static let signatures: [(seed: String, key: String, message: String, signature: String)] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
        ),
    ]

    @Test("Ed25519 signs and verifies as RFC 8032 prints it", arguments: signatures.indices)
    func signature(index: Int) throws {
        let (seed, publicKey, text, expected) = Self.signatures[index]
        let message = try #require(Hex.decode(text))
        let key = try SigningKey(rawBytes: #require(Hex.decode(seed)))
        #expect(Hex.encode(key.verifyingKey.rawBytes) == publicKey)
        #expect(Hex.encode(key.signature(of: message)) == expected)
        let verifying = try VerifyingKey(rawBytes: #require(Hex.decode(publicKey)))
        #expect(verifying.accepts(try #require(Hex.decode(expected)), of: message))
    }

    static let boxes: [(key: String, nonce: String, plain: String, context: String, sealed: String)] = [
        (
            String(repeating: "00", count: 32), String(repeating: "00", count: 12), "", "",
            "530f8afbc74536b9a963b4f1c4cb738b"
        ),
        (
            String(repeating: "00", count: 32), String(repeating: "00", count: 12),
            String(repeating: "00", count: 16), "",
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
        ),
        (
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                + "b16aedf5aa0de657ba637b39",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                + "c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ]

    @Test("AES-256-GCM seals and opens as the GCM specification prints it", arguments: boxes.indices)
    func box(index: Int) throws {
        let bytes = try [
            Self.boxes[index].key, Self.boxes[index].nonce, Self.boxes[index].plain,
            Self.boxes[index].context,
        ].map { try #require(Hex.decode($0)) }
        let key = try SealingKey(rawBytes: bytes[0])
        let box = key.seal(bytes[2], context: bytes[3], nonce: bytes[1])
        #expect(Hex.encode(Array(box[12...])) == Self.boxes[index].sealed)
        #expect(key.open(box, context: bytes[3]) == bytes[2])
    }
}
