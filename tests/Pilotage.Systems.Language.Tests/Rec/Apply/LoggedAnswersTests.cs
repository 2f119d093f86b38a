using Pilotage.Language.Tokenizers;
using Pilotage.Systems.Language.Rec;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rec.Apply;

public sealed class LoggedAnswersTests
{
    private static readonly CharacterTokenizer Tokenizer = new("0123456789+=");

    [Fact]
    public void Read_LinesOfOnePrompt_AreAGroup()
    {
        using var folder = new TemporaryFolder();
        var groups = LoggedAnswers.Read(Write(folder, """
            {"prompt": "2+2=", "response": "4", "reward": 1, "logp": [-0.5, -0.25]}
            {"prompt": "1+1=", "response": "3", "reward": 0}

            {"prompt": "2+2=", "response": "5", "reward": 0.5}
            """), Tokenizer);
        Assert.Equal(2, groups.Count);
        Assert.Equal([1f, 0.5f], groups[0].Rewards);
        Assert.Equal([-0.5f, -0.25f], groups[0].Responses[0].LogProbabilities);
        Assert.Empty(groups[0].Responses[1].LogProbabilities);
        Assert.Equal(Tokenizer.EndToken, groups[0].Responses[0].Tokens[^1]);
        Assert.Equal("2+2=", Tokenizer.Decode(groups[0].Prompt));
    }

    [Fact]
    public void Read_LinesThatCannotBeUsed_AreToldAllAtOnce()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, """
            {"prompt": "2+2=", "response": "4", "reward": 1}
            no json
            [1, 2]
            {"prompt": "2+2=", "reward": 1}
            {"prompt": "2+2=", "response": "4"}
            {"prompt": "2+2=", "response": "vier", "reward": 1}
            {"prompt": "2+2=", "response": "4", "reward": 1, "logp": [-1]}
            {"prompt": "2+2=", "response": "4", "reward": 1, "tokenizer": "0123456789abcdef"}
            """);
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => LoggedAnswers.Read(path, Tokenizer)).Message.Replace(path, "log.jsonl", StringComparison.Ordinal), "lines");
    }

    [Fact]
    public void Read_NothingThere_IsTold()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "\n");
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => LoggedAnswers.Read(path, Tokenizer)).Message.Replace(path, "log.jsonl", StringComparison.Ordinal), "empty");
        Assert.Throws<UserMistakeException>(() => LoggedAnswers.Read(path + ".not", Tokenizer));
    }

    private static string Write(TemporaryFolder folder, string text)
    {
        var path = Path.Combine(folder.Path, "log.jsonl");
        File.WriteAllText(path, text);
        return path;
    }
}
