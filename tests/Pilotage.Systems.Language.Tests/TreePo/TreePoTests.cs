using System.Buffers;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Pilotage.Language.Trees;
using Pilotage.Systems.Language.TreePo;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Language.Tests.TreePo;

public sealed class TreePoTests
{
    private static readonly StepsTask Task = new(new() { Operations = [1, 2] });

    [Fact]
    public void Rows_TwoTrees_HaveWhitenedSubgroupCredit()
    {
        var learner = Make(new());
        var trees = new[] { Tree([1, 0, 0, 0], length: 3), Tree([1, 1, 0, 0], length: 5) };

        var rows = learner.Rows(trees);

        double[] credit = [0.625, -0.375, -0.125, -0.125, 0.25, 0.25, -0.25, -0.25];
        double[] tokens = [.. credit.SelectMany((advantage, i) => Enumerable.Repeat(advantage, i < 4 ? 3 : 5))];
        var (mean, deviation) = (tokens.Average(), Math.Sqrt(tokens.Sum(each => (each - tokens.Average()) * (each - tokens.Average())) / (tokens.Length - 1)));
        Assert.Equal(tokens.Select(each => (each - mean) / deviation), rows.SelectMany(row => row.Advantages).Select(each => (double)each), Near);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1], rows.Select(row => row.Group));
    }

    [Fact]
    public void Rows_GroupAdvantage_IsGrpos()
    {
        var rows = Make(new() { Advantage = TreeAdvantage.Group, Scale = AdvantageScale.None }).Rows([Tree([1, 0, 0, 0], length: 2)]);

        // (r - 1/4) / (deviation 1/2 + 1e-6).
        Assert.Equal([1.5, -0.5, -0.5, -0.5], rows.Select(row => (double)row.Advantages[0]), EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) < 1e-5, _ => 0));
    }

    [Fact]
    public void Rows_LevelRewards_AreZerosNotNaN() => Assert.All(Make(new()).Rows([Tree([1, 1, 1, 1], length: 2)]), row => Assert.All(row.Advantages, advantage => Assert.Equal(0, advantage)));

    [Fact]
    public void Rows_OverlongBuffer_TakesFromLongAnswers()
    {
        // Longest answer 8; the penalty begins behind 6 tokens: -1/2 at 7.
        var config = new TreePoConfig { Tree = new() { SegmentTokens = 4, Depth = 2, Leaves = 4 }, OverlongBuffer = 2, Scale = AdvantageScale.None };

        Assert.Equal(0.625f, Make(config).Rows([Tree([1, 0, 0, 0], length: 6)])[0].Advantages[0]);
        // All answers are equally long, so that the constant penalty is compared away; a longer one is not.
        Assert.Equal(0.625f, Make(config).Rows([Tree([1, 0, 0, 0], length: 7)])[0].Advantages[0], 1e-6f);
        Assert.Equal((0.375 + 0.25) / 2, Make(config).Rows([Tree([1, 0, 0, 0], length: 6, firstLength: 7)])[0].Advantages[0], 1e-6);
    }

    [Theory]
    [InlineData(1.0, 0.5, -0.5)]            // r A
    [InlineData(1.0, 2.0, -1.28)]           // clipped above
    [InlineData(-1.0, 0.5, 0.8)]            // clipped below
    [InlineData(-1.0, 5.0, 5.0)]            // not clipped: pessimistic
    [InlineData(-1.0, 50.0, 10.0)]          // bounded by the dual clip
    public void Loss_IsTheClippedTokenMean(double advantage, double ratio, double expected)
    {
        var model = Model();
        int[] prompt = [1, 2, 3], response = [4, 5, 6];
        float[] behaviour;
        using (Step.Begin(gradient: Gradient.None))
        {
            behaviour = new float[3];
            model.Forward(new([new(prompt, response)])).LogProbability.CopyTo(behaviour);
        }
        for (var i = 0; i < 3; i++) behaviour[i] -= (float)Math.Log(ratio);
        var batch = new TokenBatch([new TokenRow(prompt, response, behaviour, [(float)advantage, (float)advantage, (float)advantage])], Aggregation.TokenMean);

        using var step = Step.Begin(gradient: Gradient.None);
        Assert.Equal(expected, Make(new(), model).Loss(batch).Item(), 2e-5 * Math.Max(1, Math.Abs(expected)));
    }

    [Fact]
    public void Iterate_FreshTrees_HasRatiosOfExactlyOneAndMovesTheModel()
    {
        var model = Model();
        var before = model.Parameters.Values.ToArray();
        var learner = Make(new() { Batch = new() { Prompts = 6 } }, model, new AnyDigit());

        learner.Iterate();

        var figures = learner.Diagnostics.ToDictionary();
        Assert.Equal(1, figures["ratio_mean"]);
        Assert.Equal(0, figures["ratio_variance"]);
        Assert.NotEqual(before, model.Parameters.Values.ToArray());
        Assert.True(figures["groups_drawn"] >= 6 && learner.LeavesDrawn >= 8);
    }

    [Fact]
    public void Iterate_AfterSaveAndLoad_GoesOnBitForBit()
    {
        var whole = Make(new() { Batch = new() { Prompts = 4, Minibatches = 2 } }, task: new AnyDigit());
        for (var i = 0; i < 3; i++) whole.Iterate();

        var first = Make(new() { Batch = new() { Prompts = 4, Minibatches = 2 } }, task: new AnyDigit());
        first.Iterate();
        var saved = new ArrayBufferWriter<byte>();
        first.Save(saved);
        var second = Make(new() { Batch = new() { Prompts = 4, Minibatches = 2 } }, task: new AnyDigit());
        var reader = new SequenceReader<byte>(new(saved.WrittenMemory));
        second.Load(ref reader);
        for (var i = 0; i < 2; i++) second.Iterate();

        Assert.True(reader.End);
        Assert.Equal((whole.Steps, whole.LeavesDrawn), (second.Steps, second.LeavesDrawn));
        Assert.Equal(whole.Model.Parameters.Values.ToArray(), second.Model.Parameters.Values.ToArray());
    }

    [Fact]
    public void Iterate_EveryTreeLevel_LearnsNothingAndSaysSo()
    {
        var model = Model();
        var before = model.Parameters.Values.ToArray();
        var learner = Make(new() { Batch = new() { Prompts = 3 }, Rounds = 2 }, model, new AnyDigit { Reward = 0 });

        learner.Iterate();

        Assert.Equal(before, model.Parameters.Values.ToArray());
        Assert.Equal((6, 1), (learner.Diagnostics.ToDictionary()["groups_drawn"], learner.Diagnostics.ToDictionary()["level_groups"]));
    }

    private static IEqualityComparer<double> Near { get; } = EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) < 1e-6, _ => 0);

    private static LanguageModel Model() => new(LanguageModelConfig.Nano(Task.Tokenizer.VocabularySize), SeedTree.Root(2));

    private static Systems.Language.TreePo.TreePo Make(TreePoConfig config, LanguageModel? model = null, ITextTask? task = null)
    {
        model ??= Model();
        return new(config, model, new(new Generator(model), task ?? Task, Task.Tokenizer, new(), config.Tree), new(Task.Problems(Split.Train), SeedTree.Root(3)), SeedTree.Root(4));
    }

    /// <summary>Two children of the root with two leaves each, all answers of one length.</summary>
    private static RolloutTree Tree(float[] rewards, int length, int? firstLength = null)
    {
        var root = new TreeNode(SeedTree.Root(1));
        TreeNode[] inner = [new(root), new(root)];
        TreeNode[] leaves = [new(inner[0]), new(inner[0]), new(inner[1]), new(inner[1])];
        var responses = rewards.Select((reward, i) =>
        {
            var tokens = Enumerable.Repeat(1, i == 0 ? firstLength ?? length : length).ToArray();
            return new GroupResponse(tokens, new float[tokens.Length], FinishReason.Ended, reward);
        });
        return new(new(new("p", "1+1=?", "2"), [1, 2], [.. responses], 0), root, leaves, 4, 0);
    }

    /// <summary>Pays answers that begin with a digit.</summary>
    private sealed class AnyDigit : ITextTask
    {
        public double Reward { get; init; } = 1;

        public string Name => "digit";

        public IReadOnlyList<TextProblem> Problems(Split split) => Task.Problems(split);

        public double Verify(TextProblem problem, string response) => response.Length > 0 && char.IsAsciiDigit(response[0]) ? Reward : 0;
    }
}
