using System.Buffers;
using Pilotage.Evaluation;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Systems.Language.Rec;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rec;

public sealed class RecTests
{
    [Theory]
    [InlineData("reinforce", new[] { 0.0, 1, 0 })]                        // to the wrong arm: the third is best
    [InlineData("asymre-0.1", new[] { 0.0, 1, 0 })]
    [InlineData("asymre-0.3", new[] { 0.0, 0.9, 0.1 })]
    [InlineData("red-weight-1", new[] { 0.0, 0.8839, 0.1161 })]
    [InlineData("red-weight-0.2", new[] { 0.0, 0.5367, 0.4633 })]
    [InlineData("asymre-1000", new[] { 0.3, 0.6, 0.1 })]
    public void Bandit_EndsWhereTheSheetSays(string name, double[] limit)
    {
        var (shift, temperature, claimed) = RecArms.Bandits[name];
        Assert.Equal(limit, claimed);
        var pi = ThreeArmBandit.Follow(ThreeArmBandit.Pull(shift, temperature));
        for (var arm = 0; arm < 3; arm++) Assert.Equal(limit[arm], pi[arm], 1e-3);
    }

    [Fact]
    public void Bandit_Pulls_AreTheSheets()
    {
        Assert.Equal(0.58, ThreeArmBandit.Mean, 1e-12);
        double[] expected = [-0.174, 0.132, 0.042];
        var pull = ThreeArmBandit.Pull(0, double.PositiveInfinity);
        for (var arm = 0; arm < 3; arm++) Assert.Equal(expected[arm], pull[arm], 1e-12);
        Assert.Equal(0, pull.Sum(), 1e-12);
        Assert.Equal(0.25, ThreeArmBandit.Pull(0.25, double.PositiveInfinity).Sum(), 1e-12);
    }

    [Fact]
    public void Credit_Drop_ComparesTheKeptAndZeroesTheDropped()
    {
        var (random, advantages) = (SeedTree.Root(1).Start(), new float[6]);
        new RecCredit(RecMembers.All[RecMembers.RedDrop]).Advantages([1, 0, 0, 0, 0, 0], ref random, advantages);
        Assert.Equal(0.5f, advantages[0]);                                // of the kept 1 and 0
        Assert.Equal(1, advantages.Count(a => a == -0.5f));
        Assert.Equal(4, advantages.Count(a => a == 0));
    }

    [Fact]
    public void Credit_LogMeanExp_IsTheRegularisedValue()
    {
        var (random, advantages) = (SeedTree.Root(1).Start(), new float[2]);
        new RecCredit(new() { Baseline = RewardBaseline.LogMeanExp, Temperature = 0.5 }).Advantages([1, 0], ref random, advantages);
        var baseline = 0.5 * Math.Log((Math.Exp(2) + 1) / 2);
        Assert.Equal(1 - baseline, advantages[0], 1e-6);
        Assert.Equal(-baseline, advantages[1], 1e-6);
    }

    [Fact]
    public void Credit_Standardize_TakesThePopulationDeviation()
    {
        var (random, advantages) = (SeedTree.Root(1).Start(), new float[4]);
        new RecCredit(RecMembers.All[RecMembers.Grpo]).Advantages([1, 0, 0, 1], ref random, advantages);
        Assert.Equal(1, advantages[0], 1e-5);
    }

    [Fact]
    public void Credit_OneAnswer_IsRefusedUnlessAllowed()
    {
        var group = Group([1f], [[-1f]]);
        Snapshot.Matches(Refused(new(), group), "singleton");
        var random = SeedTree.Root(1).Start();
        Assert.Equal([1f], new RecCredit(new() { AllowSingleton = true }).Rows([group], 0, ref random).Single().Advantages);
    }

    [Fact]
    public void Credit_MissingLogProbabilities_AreRefusedWhereRatiosAreNeeded()
    {
        var group = Group([1f, 0f], [[-1f], []]);
        Snapshot.Matches(Refused(new() { Weight = RatioWeight.Ratio }, group), "missing");
        var random = SeedTree.Root(1).Start();
        foreach (var member in new[] { RecMembers.Reinforce, RecMembers.AsymRe, RecMembers.RedDrop, RecMembers.RedWeight })
            Assert.Equal(2, new RecCredit(RecMembers.All[member]).Rows([group], 0, ref random).Count);
    }

    [Fact]
    public void Credit_WeightThatWouldOverflow_IsRefused() => Snapshot.Matches(Refused(RecMembers.All[RecMembers.RedWeight] with { Temperature = 0.01 }, Group([1f, 0f], [[-1f], [-1f]])), "overflow");

    [Fact]
    public void Problems_RingInsideTheBand_IsTold() =>
        Snapshot.Matches(string.Join("\n", new RecObjectiveConfig { Mask = ClipMask.Ring, LowerRadius = 0.7, UpperRadius = 3 }.Problems()), "ring");

    [Theory]
    [InlineData(0.2, 0.1, 1.0, 1.0, false, true)]             // ended below the start
    [InlineData(0.2, 0.3, 1.0, 1.0, false, false)]
    [InlineData(0.2, 0.3, 1.0, 1.0, true, true)]              // not finite
    [InlineData(0.2, 0.3, 0.005, 1.0, false, false)]          // no entropy, rewards rise
    [InlineData(0.2, 0.3, 0.005, -1.0, false, true)]          // no entropy, rewards fall
    public void Collapse_IsWhatTheSheetCallsSo(double start, double end, double entropy, double trend, bool stopped, bool expected)
    {
        var rewards = Enumerable.Range(0, 60).Select(step => 0.3 + trend * 0.001 * step).ToArray();
        double[] entropies = [1, .. Enumerable.Repeat(entropy, 59)];
        Assert.Equal(expected, Collapse.Happened(start, end, entropies, rewards, stopped));
    }

    [Fact]
    public void Histogram_CountsByRatioAndMask()
    {
        var histogram = new RatioHistogram();
        using (var step = Pilotage.Tensors.Step.Begin()) histogram.Add(Pilotage.Tensors.Tensor.From([0.001f, 1f, 1f, 500f], 4), Pilotage.Tensors.Tensor.From([0f, 1, 1, 0], 4));
        Assert.Equal(0.25, histogram.Shares(kept: false)[0]);
        Assert.Equal(0.25, histogram.Shares(kept: false)[^1]);
        Assert.Equal(0.5, histogram.Shares(kept: true).Sum());
        Assert.Equal("0.9-1.1", RatioHistogram.Label(histogram.Shares(kept: true).ToList().IndexOf(0.5)));
    }

    [Fact]
    public void Logged_EveryGroupOnceAPass()
    {
        var groups = Enumerable.Range(0, 6).Select(i => Group([1f, 0f], [[-1f], [-1f]]) with { Version = i }).ToArray();
        var source = new LoggedSource(groups, 4, SeedTree.Root(2));
        var first = Enumerable.Range(0, 3).SelectMany(step => source.Draw(step, default)).Select(group => group.Version).ToArray();
        Assert.Equal([0, 1, 2, 3, 4, 5], first.Take(6).Order());
        Assert.Equal([0, 1, 2, 3, 4, 5], first.Skip(6).Order());
        Assert.NotEqual(first.Take(6), first.Skip(6));
        // A place follows from the step: resumed in the middle it gives the same.
        Assert.Equal(first.Skip(4).Take(4), new LoggedSource(groups, 4, SeedTree.Root(2)).Draw(1, default).Select(group => group.Version));
    }

    [Fact]
    public void SaveLoad_UnderLag_ContinuesBitForBit()
    {
        using var folder = new TemporaryFolder();
        var lab = MiniLab(folder);
        var straight = Learner(lab);
        for (var step = 0; step < 3; step++) straight.Iterate(TestContext.Current.CancellationToken);
        var bytes = new ArrayBufferWriter<byte>();
        straight.Save(bytes);
        var resumed = Learner(lab);
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        resumed.Load(ref reader);
        Assert.True(reader.End);
        for (var step = 0; step < 3; step++)
        {
            straight.Iterate(TestContext.Current.CancellationToken);
            resumed.Iterate(TestContext.Current.CancellationToken);
        }
        Assert.Equal(straight.Model.Parameters.Values, resumed.Model.Parameters.Values);
        Assert.Equal(straight.Diagnostics, resumed.Diagnostics);
        Assert.Equal(straight.Ratios.Shares(kept: true), resumed.Ratios.Shares(kept: true));
        Assert.Equal(3, straight.Diagnostics.Single(figure => figure.Key == "age").Value);        // step 5 draws with the weights of step 2
    }

    internal static Systems.Language.MiniLab.MiniLab MiniLab(TemporaryFolder folder) =>
        Systems.Language.MiniLab.MiniLab.Countdown(new Systems.Language.MiniLab.MiniLabConfig { WarmStartFolder = folder.Path }.At(Scale.Smoke));

    private static Systems.Language.Rec.Rec Learner(Systems.Language.MiniLab.MiniLab lab)
    {
        var trial = new Systems.Language.MiniLab.MiniLabTrial(lab, lab.CopyOfWarm(), SeedTree.Root(4));
        var policy = new LaggedPolicy(trial.Model, new(2, 2), trial.Seeds);
        var source = new LaggedSource(policy, trial.SamplerOf(policy.Model), trial.Problems, trial.Batch, trial.Seeds);
        return new(RecMembers.All[RecMembers.RedDrop], trial.Batch with { Minibatches = 2 }, trial.Model, source, 1, trial.Seeds);
    }

    private static ResponseGroup Group(float[] rewards, float[][] logProbabilities) =>
        new(new("p7", "", ""), [1], [.. rewards.Select((reward, i) => new GroupResponse([2], logProbabilities[i], FinishReason.Ended, reward))], 0);

    private static string Refused(RecObjectiveConfig config, ResponseGroup group) => Assert.Throws<UserMistakeException>(() =>
    {
        var random = SeedTree.Root(1).Start();
        new RecCredit(config).Rows([group], 0, ref random);
    }).Message;
}
