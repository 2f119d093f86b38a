using System.Buffers;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

/// <summary>What must hold of every learner.</summary>
internal static class LearnerChecks
{
    /// <summary>A learner made anew and loaded goes on with the bits, figures and evaluated policy of the one that was saved.</summary>
    public static void ContinuesBitForBit(Func<ILearner> make, Func<int, SeedTree, IVectorEnvironment> environment)
    {
        var whole = make();
        for (var i = 0; i < 2; i++) whole.Iterate();
        var writer = new ArrayBufferWriter<byte>();
        whole.Save(writer);
        var evaluated = Evaluate(whole);
        for (var i = 0; i < 2; i++) whole.Iterate();

        var resumed = make();
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        resumed.Load(ref reader);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(evaluated.Returns, Evaluate(resumed).Returns);
        for (var i = 0; i < 2; i++) resumed.Iterate();

        Assert.Equal(ParameterHash.Of(whole.Weights), ParameterHash.Of(resumed.Weights));
        Assert.Equal(whole.Diagnostics, resumed.Diagnostics);
        Assert.Equal(whole.Steps, resumed.Steps);
        Assert.Equal(Evaluate(whole).Returns, Evaluate(resumed).Returns);

        EpisodeReturns Evaluate(ILearner learner) => PolicyEvaluation.Run(learner.Policy, environment, 3, SeedTree.Root(77).Evaluation, rows: 2);
    }

    public static void GivesTheSameBits(Func<long, ILearner> make)
    {
        var learners = new[] { make(1), make(1), make(2) };
        foreach (var learner in learners) for (var i = 0; i < 3; i++) learner.Iterate();

        Assert.Equal(ParameterHash.Of(learners[0].Weights), ParameterHash.Of(learners[1].Weights));
        Assert.NotEqual(ParameterHash.Of(learners[0].Weights), ParameterHash.Of(learners[2].Weights));
    }

    /// <summary>What is left is the iteration's list of figures and the actors' handles.</summary>
    public static void AllocatesNextToNothing(ILearner learner)
    {
        for (var i = 0; i < 4; i++) learner.Iterate();
        var before = GC.GetAllocatedBytesForCurrentThread();
        learner.Iterate();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    /// <summary>Told before the run and held against what the steps of this thread take.</summary>
    public static void TellsItsMemory(ILearner learner)
    {
        var before = learner.Memory;
        Assert.True(before is { Parameters: > 0, Step: > 0, Experience: > 0 }, $"{before}");
        learner.Iterate();
        Assert.Equal(before.Parameters, learner.Memory.Parameters);
        Assert.DoesNotContain(learner.Diagnostics, figure => double.IsNaN(figure.Value) && figure.Key.EndsWith("loss", StringComparison.Ordinal));
    }

    /// <summary>The policy carries the statistics that it learned with: it acts on raw frames as the learner did on normalised ones.</summary>
    public static void CarriesItsNormalization(ILearner learner)
    {
        for (var i = 0; i < 3; i++) learner.Iterate();
        var carried = Assert.IsType<NormalizedPolicy>(learner.Policy);
        Assert.True(carried.Normalizer.Moments.Count > 10, $"{carried.Normalizer.Moments.Count} frames");
        Assert.All(carried.Normalizer.Moments.Mean.ToArray(), mean => Assert.NotEqual(0, mean));
    }

    public static double Figure(ILearner learner, string name) => learner.Diagnostics.First(figure => figure.Key == name).Value;

    public static float ValueOf(ActorCritic networks, float observation)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        return networks.Forward(Tensor.From([observation], 1, 1), default).Value.Item();
    }
}
