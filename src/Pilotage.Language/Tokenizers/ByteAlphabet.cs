using System.Text;

namespace Pilotage.Language.Tokenizers;

/// <summary>The visible characters that byte-level vocabularies write bytes with: printable Latin-1 stands for itself, the other 68 bytes for the characters from 256.</summary>
/// <remarks>Radford et al., 2019: <c>bytes_to_unicode</c> in their code.</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] CharacterOf = Characters();
    private static readonly Dictionary<char, byte> ByteOf = Enumerable.Range(0, 256).ToDictionary(value => CharacterOf[value], value => (byte)value);

    /// <summary>A text's bytes as characters.</summary>
    public static string Write(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var count = Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(count, bytes, (characters, source) =>
        {
            for (var i = 0; i < characters.Length; i++) characters[i] = CharacterOf[source[i]];
        });
    }

    /// <summary>The bytes that a token's characters stand for; <see langword="null"/> if one stands for none.</summary>
    public static byte[]? Read(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < bytes.Length; i++)
            if (!ByteOf.TryGetValue(token[i], out bytes[i])) return null;
        return bytes;
    }

    private static char[] Characters()
    {
        var characters = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
            characters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)next++;
        return characters;
    }
}
