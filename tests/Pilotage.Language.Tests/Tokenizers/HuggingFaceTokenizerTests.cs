using System.Text.Json.Nodes;
using Pilotage.Language.Checkpoints;
using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Language.Tests.Tokenizers;

public sealed class HuggingFaceTokenizerTests : IDisposable
{
    private const string EndNamed = """{"eos_token": "<|end|>"}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // h e l l o by the merges h+e, l+l, he+ll, hell+o; the space belongs to the word behind it; digits stand alone; é is two bytes and one merge.
    [Theory]
    [InlineData("hello", new[] { 259 })]
    [InlineData("hello world", new[] { 259, 261, 'r', 'l', 'd' })]
    [InlineData("ell", new[] { 'e', 257 })]
    [InlineData("h\u00E9 12", new[] { 'h', 262, ' ', '1', '2' })]
    [InlineData("hello  wo", new[] { 259, ' ', 261 })]
    [InlineData("\u65E5", new[] { 0xE6, 0x97, 0xA5 })]
    [InlineData("abc", new int[] { 'a', 'b', 'c' })]
    [InlineData("", new int[0])]
    public void Encode_ByteLevel_GivesTheTokensWorkedOutByHand(string text, int[] expected)
    {
        var tokenizer = Bytes();

        Assert.Equal(expected, tokenizer.Encode(text));
        Assert.Equal(text, tokenizer.Decode(expected));
    }

    [Fact]
    public void Encode_SpecialTokens_AreFoundBeforeThePattern()
    {
        var tokenizer = Bytes();

        Assert.Equal([265, 259, 266, 'h', 264], tokenizer.Encode("<|user|>hello<think>h<|end|>"));
        Assert.Equal("hello<think>h", tokenizer.Decode([265, 259, 266, 'h', 264]));
    }

    [Fact]
    public void Encode_PieceThatIsATokenItself_IsItOnlyWhereMergesAreIgnored()
    {
        var file = TokenizerFiles.Bytes();
        file["model"]!["ignore_merges"] = true;

        Assert.Equal([263], Load(file, EndNamed).Encode("abc"));
        // The piece is " abc", which is no token.
        Assert.Equal([' ', 'a', 'b', 'c'], Load(file, EndNamed).Encode(" abc"));
    }

    [Fact]
    public void Encode_ByteFallback_GivesTheTokensWorkedOutByHand()
    {
        var tokenizer = Load(TokenizerFiles.Spaces(), """{"bos_token": {"content": "<s>"}, "eos_token": {"content": "</s>"}}""");

        // "▁abc": ▁+a, b+c; of "▁▁a" the pair ▁a goes first. "é" has no token: its two bytes. Each part between special tokens gets a space of its own.
        Assert.Equal([263, 264], tokenizer.Encode("abc"));
        Assert.Equal([259, 263, 3 + 0xC3, 3 + 0xA9, 264], tokenizer.Encode(" a\u00E9bc"));
        Assert.Equal([263, 2, 263], tokenizer.Encode("a</s>a"));
        Assert.Equal(" a\u00E9bc", tokenizer.Decode([259, 263, 3 + 0xC3, 3 + 0xA9, 264]));
        Assert.Equal(1, tokenizer.BeginToken);
        Assert.Equal(2, tokenizer.EndToken);
    }

    [Fact]
    public void Encode_Metaspace_PutsASpaceInFrontOfTheWholeTextAlone()
    {
        var file = TokenizerFiles.Spaces();
        file["normalizer"] = null;
        file["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "\u2581", ["prepend_scheme"] = "first", ["split"] = false };

        Assert.Equal([263, 2, 260], Load(file, """{"eos_token": "</s>"}""").Encode("a</s>a"));
    }

    [Fact]
    public void Encode_PatternOfByteLevelItself_IsGptTwos()
    {
        var file = TokenizerFiles.Bytes();
        file["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false };

        // GPT-2 keeps digits together, so the space belongs to them; the tokens are bytes either way.
        Assert.Equal([259, ' ', '1', '2'], Load(file, EndNamed).Encode("hello 12"));
    }

    [Fact]
    public void Decode_BytesThatAreNoText_ShowsTheReplacementCharacter() => Assert.Equal("a\uFFFD", Bytes().Decode(['a', 0xE6, 0x97]));

    [Fact]
    public void Decode_TokenBeyondTheVocabulary_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Bytes().Decode([267]));

    [Fact]
    public void Hash_OtherOrderOfMerges_IsAnother()
    {
        var other = TokenizerFiles.Bytes();
        var merges = other["model"]!["merges"]!.AsArray();
        var first = merges[0]!;
        merges.RemoveAt(0);
        merges.Insert(1, first);

        Assert.Equal(Bytes().Hash, Bytes().Hash);
        Assert.NotEqual(Bytes().Hash, Load(other, EndNamed).Hash);
    }

    [Fact]
    public void EndToken_NamedNowhereElse_IsThatOfTheModelsConfig()
    {
        TokenizerFiles.Write(_folder.Path, TokenizerFiles.Bytes(), config: null);
        File.WriteAllText(_folder.In("config.json"), """{"eos_token_id": [265, 264]}""");

        Assert.Equal(265, HuggingFaceTokenizer.Load(_folder.Path).EndToken);
    }

    [Fact]
    public void SaveBesideAModel_Files_AreTheSameBytes()
    {
        TokenizerFiles.WriteBytes(_folder.In("original"));
        var tokenizer = HuggingFaceTokenizer.Load(_folder.In("original"));

        CheckpointFolder.Save(_folder.In("copy"), new LanguageModel(LanguageModelConfig.Nano(300), SeedTree.Root(1)), tokenizer);

        foreach (var name in new[] { "tokenizer.json", "tokenizer_config.json" }) Assert.Equal(File.ReadAllBytes(_folder.In($"original/{name}")), File.ReadAllBytes(_folder.In($"copy/{name}")));
        Assert.Equal(tokenizer.Hash, CheckpointFolder.Load(_folder.In("copy")).Tokenizer!.Hash);
    }

    [Theory]
    [InlineData("Unigram", "model.type", "\"Unigram\"")]
    [InlineData("OtherPreTokenizer", "pre_tokenizer", """{"type": "Whitespace"}""")]
    [InlineData("OtherNormalizer", "normalizer", """{"type": "Lowercase"}""")]
    [InlineData("PatternOfAnotherDialect", "pre_tokenizer.pretokenizers.0.pattern.Regex", "\"\\\\p{L}++\"")]
    [InlineData("Suffix", "model.end_of_word_suffix", "\"</w>\"")]
    [InlineData("NoVocabulary", "model.vocab", "null")]
    [InlineData("TokenTwice", "model.vocab.abc", "3")]
    [InlineData("MergeOfAStranger", "model.merges.2", "\"he xx\"")]
    [InlineData("MergeOfThree", "model.merges.2", "\"h e l\"")]
    [InlineData("StrippedToken", "added_tokens.1.lstrip", "true")]
    [InlineData("BytesMissing", "model.byte_fallback", "true")]
    public void Load_FileThatCannotBeUsed_IsRefused(string name, string place, string value)
    {
        var file = TokenizerFiles.Bytes();
        JsonNode node = file;
        var steps = place.Split('.');
        foreach (var step in steps[..^1]) node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        if (int.TryParse(steps[^1], out var last)) node[last] = JsonNode.Parse(value);
        else node[steps[^1]] = JsonNode.Parse(value);

        Snapshot.Matches(_folder.Anonymous(Assert.Throws<UserMistakeException>(() => Load(file, EndNamed)).Message), name);
    }

    [Fact]
    public void Load_NoEndToken_IsRefused() => Refused("NoEnd", () => Load(TokenizerFiles.Bytes(), config: null));

    [Fact]
    public void Load_SentencePieceModelAlone_IsRefused() => Refused("ModelAlone", () =>
    {
        new Checkpoints.StoredModel("llama").Write(_folder.Path);
        File.WriteAllText(_folder.In("tokenizer.model"), "");
        CheckpointFolder.Load(_folder.Path);
    });

    [Fact]
    public void Load_FileCutOff_IsRefused() => Refused("CutOff", () =>
    {
        File.WriteAllText(_folder.In("tokenizer.json"), "{\n  \"model\": {\"type\"");
        HuggingFaceTokenizer.Load(_folder.Path);
    });

    private HuggingFaceTokenizer Bytes() => Load(TokenizerFiles.Bytes(), EndNamed);

    private HuggingFaceTokenizer Load(JsonObject file, string? config)
    {
        TokenizerFiles.Write(_folder.Path, file, config);
        return HuggingFaceTokenizer.Load(_folder.Path);
    }

    private void Refused(string name, Action act) => Snapshot.Matches(_folder.Anonymous(Assert.Throws<UserMistakeException>(act).Message), name);
}
