using Pilotage.Language.Tokenizers;
using Xunit;

namespace Pilotage.Language.Tests.Tokenizers;

public sealed class CharacterTokenizerTests
{
    private readonly CharacterTokenizer _tokenizer = new("01+\n");

    [Fact]
    public void Encode_Decode_GiveTheTextBack()
    {
        Assert.Equal(5, _tokenizer.VocabularySize);
        Assert.Equal([2, 1, 3, 4, 2], _tokenizer.Encode("10+\n1"));
        Assert.Equal("10+\n1", _tokenizer.Decode([2, 1, 3, 4, 2, 0]));
    }

    [Fact]
    public void Encode_UnknownCharacter_IsNamedWithItsPlace()
    {
        var error = Assert.Throws<ArgumentException>(() => _tokenizer.Encode("10x"));
        Assert.Contains("'x' at 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_Twice_AreRefused() => Assert.Throws<ArgumentException>(() => new CharacterTokenizer("aba"));
}
