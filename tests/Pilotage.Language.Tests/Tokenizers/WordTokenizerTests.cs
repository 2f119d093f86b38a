using Pilotage.Language.Tokenizers;
using Xunit;

namespace Pilotage.Language.Tests.Tokenizers;

public sealed class WordTokenizerTests
{
    private readonly WordTokenizer _tokenizer = new(["a", "bc", "+"]);

    [Fact]
    public void Encode_Words_AreNumberedFromOneBehindTheEndToken()
    {
        Assert.Equal(4, _tokenizer.VocabularySize);
        Assert.Equal(0, _tokenizer.EndToken);
        Assert.Equal([2, 3, 1, 2], _tokenizer.Encode("bc +  a\nbc"));
    }

    [Fact]
    public void Decode_LeavesTheEndTokenOut() => Assert.Equal("bc + a", _tokenizer.Decode([2, 3, 1, 0]));

    [Fact]
    public void Encode_UnknownWord_IsNamed()
    {
        var error = Assert.Throws<ArgumentException>(() => _tokenizer.Encode("a d"));
        Assert.Contains("\"d\" in \"a d\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "")]
    [InlineData("a", "b c")]
    public void Words_ThatCannotBeTokens_AreRefused(string first, string second) => Assert.Throws<ArgumentException>(() => new WordTokenizer([first, second]));

    [Fact]
    public void Hash_DependsOnWordsAndOrder()
    {
        Assert.Equal(new WordTokenizer(["a", "bc", "+"]).Hash, _tokenizer.Hash);
        Assert.NotEqual(new WordTokenizer(["bc", "a", "+"]).Hash, _tokenizer.Hash);
        Assert.NotEqual(new CharacterTokenizer("ab").Hash, new WordTokenizer(["a", "b"]).Hash);
    }
}
