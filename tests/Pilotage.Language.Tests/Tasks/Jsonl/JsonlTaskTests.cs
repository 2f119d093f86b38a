using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Jsonl;
using Pilotage.Language.Tasks.Verifiers;
using Pilotage.Language.Tokenizers;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Jsonl;

public sealed class JsonlTaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_BecomeProblemsWithTheirVerifiers()
    {
        var task = new JsonlTask(Write("sums.jsonl", [.. Sums(100), """{"prompt": "colour?", "answer": "blue", "verifier": "exact", "difficulty": 3}""", "", """{"prompt": "seven", "answer": 7, "verifier": "number"}"""]));
        Assert.Equal("sums", task.Name);
        var problems = Enum.GetValues<Split>().SelectMany(task.Problems).ToArray();
        Assert.Equal(102, problems.Length);
        var colour = problems.Single(problem => problem.Prompt == "colour?");
        Assert.Equal(("sums.jsonl:101", 3), (colour.Id, colour.Difficulty));
        Assert.Equal(1, task.Verify(colour, "blue"));
        Assert.Equal(0, task.Verify(colour, "It is blue"));
        var seven = problems.Single(problem => problem.Id == "sums.jsonl:103");
        Assert.Equal(1, task.Verify(seven, "the days: 7"));
        Assert.All(problems, problem => Assert.Equal(ProblemSplits.Of(problem.Prompt), Enum.GetValues<Split>().Single(split => task.Problems(split).Contains(problem))));
    }

    [Fact]
    public void Gsm8k_LoadsAsItIs()
    {
        var path = Write("gsm.jsonl", Enumerable.Range(0, 100).Select(i => $$"""{"question": "Ann has {{i}} apples and buys 1,000. How many?", "answer": "She has {{i}}+1000 = <<{{i}}+1000={{i + 1000}}>>{{i + 1000}}.\n#### 1,{{i:000}}"}"""));
        var task = new JsonlTask(path, new() { Template = "Q: {prompt}\nA:" });
        var problem = task.Problems(Split.Test)[0];
        Assert.StartsWith("Q: Ann has", problem.Prompt, StringComparison.Ordinal);
        Assert.StartsWith("1,0", problem.Answer, StringComparison.Ordinal);
        Assert.Equal(1, task.Verify(problem, $"so it is {problem.Answer.Replace(",", "", StringComparison.Ordinal)} apples."));
        Assert.Equal(0, task.Verify(problem, "12"));
    }

    [Fact]
    public void OwnFiles_AreTheirSplits()
    {
        var train = Write("train.jsonl", Sums(40));
        var test = Write("test.jsonl", Sums(20, 1000));
        var task = new JsonlTask(train, new() { TestPath = test });
        Assert.Equal(20, task.Problems(Split.Test).Count);
        Assert.All(task.Problems(Split.Test), problem => Assert.StartsWith("test.jsonl:", problem.Id, StringComparison.Ordinal));
        Assert.Equal(40, task.Problems(Split.Train).Count + task.Problems(Split.Validation).Count);
    }

    [Fact]
    public void LongPrompts_AreDroppedAndCountedOrRefused()
    {
        var path = Write("long.jsonl", [.. Sums(60), $$"""{"prompt": "{{new string('1', 30)}}+1=", "answer": "0"}"""]);
        var settings = new JsonlSettings { Tokenizer = new CharacterTokenizer("0123456789+="), MaximumPrompt = 20 };
        Assert.Contains("1 of 61 prompts are longer than 20 tokens and were dropped (long.jsonl, line 61)", new JsonlTask(path, settings).Notes);
        var refused = Assert.Throws<UserMistakeException>(() => new JsonlTask(path, settings with { LongPrompts = LongPrompts.Refuse }));
        var none = Assert.Throws<UserMistakeException>(() => new JsonlTask(path, settings with { MaximumPrompt = 2 }));
        Snapshot.Matches(refused.Message + "\n\n" + none.Message);
    }

    [Fact]
    public void BadLines_AreSaidWithLineAndColumn()
    {
        var path = Write("bad.jsonl",
        [
            """{"prompt": "2+2=", "answer": "4"}""",
            """{"prompt": "2+2=", "answer": }""",
            """["2+2=", "4"]""",
            """{"prompt": "", "answer": "4"}""",
            """{"prompt": "2+2="}""",
            """{"prompt": "2+2=", "answer": "  "}""",
            """{"prompt": "2+2=", "answer": "4", "verifier": "nubmer"}""",
            """{"prompt": "2+2=", "answer": "four", "verifier": "number"}""",
            """{"prompt": "match", "answer": "(", "verifier": "regex"}""",
            """{"question": "2+2=", "answer": "so #### four"}""",
            """{"prompt": "2+2=", "answer": "4", "difficulty": "hard"}""",
            "{",
        ]);
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => new JsonlTask(path)).Message);
    }

    [Fact]
    public void Files_ThatHoldNothing_AreSaid()
    {
        var missing = Assert.Throws<UserMistakeException>(() => new JsonlTask(Path.Combine(_folder.Path, "missing.jsonl"))).Message.Replace(_folder.Path, "FOLDER", StringComparison.Ordinal);
        var empty = Assert.Throws<UserMistakeException>(() => new JsonlTask(Write("empty.jsonl", ["", " "]))).Message;
        var few = Assert.Throws<UserMistakeException>(() => new JsonlTask(Write("few.jsonl", Sums(2)))).Message;
        Snapshot.Matches(string.Join("\n\n", missing, empty, few));
    }

    [Fact]
    public void RepeatedPrompts_AreDroppedInASplitAndRefusedAcross()
    {
        var repeated = new JsonlTask(Write("repeated.jsonl", [.. Sums(60), .. Sums(1)]));
        Assert.Contains("1 repeated prompts were dropped", repeated.Notes);
        var two = Assert.Throws<UserMistakeException>(() => new JsonlTask(Write("two.jsonl", [.. Sums(60), """{"prompt": "0+1=", "answer": "2"}"""]))).Message;
        var across = Assert.Throws<UserMistakeException>(() => new JsonlTask(Write("train.jsonl", Sums(60)), new() { TestPath = Write("test.jsonl", Sums(3, 58)) })).Message;
        Snapshot.Matches(two + "\n\n" + across);
    }

    [Fact]
    public void Verify_BrokenVerifier_NamesTheLine()
    {
        var verifier = new Verifier("mine", "", (_, _) => throw new FormatException("not mine"), _ => null);
        var task = new JsonlTask(Write("own.jsonl", Sums(60)), new() { Verifier = verifier, MostFailures = 2 });
        var problem = task.Problems(Split.Train)[0];
        Assert.Equal(0, task.Verify(problem, "x"));
        Assert.Equal([$"{problem.Id}: threw FormatException: not mine"], task.Failures);
        Assert.Throws<RunFailedException>(() => task.Verify(problem, "x"));
        Assert.Throws<ArgumentException>(() => task.Verify(problem with { Id = "elsewhere" }, "x"));
    }

    private static IEnumerable<string> Sums(int count, int from = 0) => Enumerable.Range(from, count).Select(i => $$"""{"prompt": "{{i}}+1=", "answer": "{{i + 1}}"}""");

    private string Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
