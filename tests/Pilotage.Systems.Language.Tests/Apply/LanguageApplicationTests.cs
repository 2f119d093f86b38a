using System.Text.RegularExpressions;
using Pilotage.Language.Checkpoints;
using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;
using Pilotage.Networks;
using Pilotage.Systems.Language.Apply;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Apply;

public sealed partial class LanguageApplicationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_NoModel_TeachesOneOfOursAndSavesWhatWasTrained()
    {
        var announced = new List<string>();

        var report = Run("run", SumProblems.Small, announce: announced.Add);

        Assert.StartsWith("6 iterations changed the share of right answers", report.Headline, StringComparison.Ordinal);
        Assert.Equal(2, report.Rows.Count);
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.All(report.Files, file => Assert.True(File.Exists(_folder.In($"run/{file}"))));
        Assert.Contains(announced, line => line.StartsWith("Memory for learning: ", StringComparison.Ordinal));
        Assert.Contains(report.Plots, plot => plot.Name == "validation");
        var (model, tokenizer) = CheckpointFolder.Load(_folder.In("run/model"));
        Assert.NotEqual(Hash(model), Hash(CheckpointFolder.Load(_folder.In("run/start")).Model));
        Assert.Equal([.. "12+3=".Select(character => tokenizer!.Encode(character.ToString())[0])], tokenizer!.Encode("12+3="));
        Assert.Equal(12, File.ReadLines(_folder.In("run/answers.jsonl")).Count());
    }

    [Fact]
    public void Run_TwiceWithTheSameSeed_GivesTheSameBits()
    {
        Run("first", SumProblems.Small);
        Run("second", SumProblems.Small);

        AssertSameRun("first", "second");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Run_InterruptedAndGoneOnWith_HasTheBitsOfOneThatWasNot(int iteration)
    {
        Run("whole", SumProblems.Small);
        Assert.Throws<OperationCanceledException>(() => Run("parts", SumProblems.Small, interruptAt: iteration));

        var report = Run("parts", SumProblems.Small);

        Assert.StartsWith("6 iterations", report.Headline, StringComparison.Ordinal);
        AssertSameRun("whole", "parts");
    }

    [Fact]
    public void Run_NewestCheckpointDamaged_GoesOnFromTheOneBefore()
    {
        Run("whole", SumProblems.Small);
        Assert.Throws<OperationCanceledException>(() => Run("parts", SumProblems.Small, interruptAt: 5));
        var newest = Directory.GetFiles(_folder.In("parts/checkpoints")).Max()!;
        File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..^1]);

        Run("parts", SumProblems.Small);

        AssertSameRun("whole", "parts");
    }

    [Fact]
    public void Run_OtherProblemsThanTheCheckpoints_IsRefused()
    {
        Assert.Throws<OperationCanceledException>(() => Run("run", SumProblems.Small, interruptAt: 3));
        SumProblems.Write(_folder.In("sums.jsonl"), ", \"difficulty\": 2");

        Refused("OtherProblems", () => Run("run", SumProblems.Small, writes: false));
    }

    [Fact]
    public void Run_GivenLlamaFolder_TrainsItWithItsTokenizer()
    {
        var tokenizer = new CharacterTokenizer("0123456789+=Q:A");
        var shape = new LanguageModelConfig
        {
            VocabularySize = 20, Width = 16, Layers = 1, Heads = 4, KeyHeads = 2, HiddenWidth = 24, ContextLength = 32, Positions = PositionEncoding.Rotary, Normalization = Normalization.RootMeanSquare,
            NormEpsilon = 1e-5f, FeedForward = FeedForward.GatedSilu, Biases = BiasPlaces.QueryKeyValue,
        };
        var given = new LanguageModel(shape, SeedTree.Root(5));
        CheckpointFolder.Save(_folder.In("given"), given, tokenizer);

        var report = Run("run", SumProblems.Small with { Model = _folder.In("given"), MaximumResponse = 3, PromptPrefix = "Q:", PromptSuffix = "A:", LevelPatience = 100 });

        Assert.Contains(report.Notes, note => note.StartsWith("The model of ", StringComparison.Ordinal));
        var trained = CheckpointFolder.Load(_folder.In("run/model"));
        Assert.Equal(shape with { HiddenWidth = 24 }, trained.Model.Config);
        Assert.Contains("\"qwen2\"", File.ReadAllText(_folder.In("run/model/config.json")), StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":\"sums.jsonl:", File.ReadLines(_folder.In("run/answers.jsonl")).First(), StringComparison.Ordinal);
        Assert.Contains("\"prompt\":\"Q:", File.ReadLines(_folder.In("run/answers.jsonl")).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AllRewardsEqual_EndsAndSaysWhatToChange()
    {
        CheckpointFolder.Save(_folder.In("given"), new LanguageModel(LanguageModelConfig.Nano(16) with { Width = 16, Layers = 1 }, SeedTree.Root(5)), new CharacterTokenizer("0123456789+="));

        // No response of one token is the sum of a three-digit answer.
        File.WriteAllLines(_folder.In("sums.jsonl"), Enumerable.Range(0, 60).Select(i => $$"""{"prompt": "{{i}}+100=", "answer": "{{i + 100}}"}"""));
        var report = Run("run", SumProblems.Small with { Model = _folder.In("given"), MaximumResponse = 1, Steps = 50, LevelPatience = 4 }, writes: false);

        Snapshot.Matches($"{report.Headline}\n{report.Notes[0]}");
    }

    [Fact]
    public void Run_InputsThatCannotBeUsed_AreRefused()
    {
        CheckpointFolder.Save(_folder.In("bare"), new LanguageModel(LanguageModelConfig.Nano(16), SeedTree.Root(5)));
        CheckpointFolder.Save(_folder.In("given"), new LanguageModel(LanguageModelConfig.Nano(16) with { ContextLength = 8 }, SeedTree.Root(5)), new CharacterTokenizer("0123456789+="));
        Refused("NoTokenizer", () => Run("run", SumProblems.Small with { Model = _folder.In("bare") }));
        Refused("NoRoomForAPrompt", () => Run("run", SumProblems.Small with { Model = _folder.In("given"), MaximumResponse = 8 }));
        Refused("PromptsTooLong", () => Run("run", SumProblems.Small with { Model = _folder.In("given"), MaximumResponse = 6 }));
        Refused("UnknownVerifier", () => Run("run", SumProblems.Small with { Verifier = "judge" }));
        Refused("NothingToImitate", () => Run("run", SumProblems.Small with { Verifier = "boxed" }));
    }

    [Fact]
    public void Run_TwoFiles_IsRefused() => Refused("TwoFiles", () =>
        LanguageApplication.Run(SumProblems.Small, new(SumProblems.Small, ["a", "b"], 1, _folder.Path), SumProblems.Grpo, null, TestContext.Current.CancellationToken));

    private ApplyReport Run(string name, LanguageApplyConfig config, int? interruptAt = null, Action<string>? announce = null, bool writes = true)
    {
        var path = _folder.In("sums.jsonl");
        if (writes) SumProblems.Write(path);
        Directory.CreateDirectory(_folder.In(name));
        using var cancellation = new CancellationTokenSource();
        var request = new ApplyRequest(config, [path], 3, _folder.In(name)) { Announce = announce ?? (_ => { }) };
        return LanguageApplication.Run(config, request, SumProblems.Grpo, new Interruption(cancellation, interruptAt), cancellation.Token);
    }

    private void AssertSameRun(string first, string second)
    {
        Assert.Equal(Metrics(first), Metrics(second));
        Assert.Equal(File.ReadAllBytes(_folder.In($"{first}/model/model.safetensors")), File.ReadAllBytes(_folder.In($"{second}/model/model.safetensors")));
        Assert.Equal(File.ReadAllText(_folder.In($"{first}/answers.jsonl")), File.ReadAllText(_folder.In($"{second}/answers.jsonl")));
    }

    // Seconds are no result.
    private string Metrics(string name) => Seconds().Replace(File.ReadAllText(_folder.In($"{name}/metrics.jsonl")), "");

    private void Refused(string name, Action act) => Snapshot.Matches(_folder.Anonymous(Assert.Throws<UserMistakeException>(act).Message), name);

    private static string Hash(LanguageModel model) => ParameterHash.Of(model.Parameters.Blocks);

    [GeneratedRegex("\"seconds_[a-z]+\":[^,}]+,?")]
    private static partial Regex Seconds();

    private sealed class Interruption(CancellationTokenSource cancellation, int? iteration) : IProgress<(double Share, string Text)>
    {
        public void Report((double Share, string Text) value)
        {
            if (iteration is { } at && value.Text.StartsWith($"iteration {at},", StringComparison.Ordinal)) cancellation.Cancel();
        }
    }
}
