using Pilotage.Distributions;
using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Policies;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class SquashedActorTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Box", ObservationSize = 1, Actions = new ActionSpace.Box([-1, 0], [1, 10]) };

    [Fact]
    public void ToBox_AndBack_IsCentreAndHalfWidth()
    {
        var actor = Make();
        float[] values = [-1, -1, 0, 0.5f, 1, 1];
        var unit = new float[6];
        actor.ToBox(values);
        actor.ToUnit(values, unit);

        Assert.Equal([-1, 0, 0, 7.5f, 1, 10], values);
        Assert.Equal([-1, -1, 0, 0.5f, 1, 1], unit);
    }

    [Fact]
    public void Act_Greedy_IsTheTangentOfTheMean()
    {
        var actor = Make();
        Set(actor, [0.5f, -2, 3, 3]);                                                     // means, then logarithms of deviations
        var actions = new ActionBatch(Spec.Actions, 1);
        var random = new Randomness(1);
        actor.Greedy.Act(new(1, [0]), PolicyMemory.None, ref random, actions);

        Assert.Equal(MathF.Tanh(0.5f), actions.Values[0], 1e-6f);
        Assert.Equal(5 + 5 * MathF.Tanh(-2), actions.Values[1], 1e-5f);
        Assert.Equal(0UL, random.Counter);
    }

    [Fact]
    public void Forward_SoftplusForm_MakesDeviationsBySoftplusAboveItsFloor()
    {
        var actor = Make(new() { Deviation = DeviationForm.Softplus });
        Set(actor, [0.5f, -2, 0, -9]);
        using var step = Step.Begin();
        var (mean, logDeviation) = actor.Forward(Tensor.From([0], 1, 1));
        var (means, deviations) = (new float[2], new float[2]);
        mean.CopyTo(means);
        logDeviation.Exp().CopyTo(deviations);

        Assert.Equal([0.5f, -2], means);
        Assert.Equal(0.69314718f, deviations[0], 1e-6f);
        Assert.Equal(0.00671535f, deviations[1], 1e-7f);
    }

    [Fact]
    public void SampleWithDropout_NormalizedForm_DropsWhereActingDoesNot()
    {
        var actor = Make(new() { Normalization = Normalization.Layer, Dropout = 0.5f }, hidden: [64]);
        Assert.Contains(actor.Parameters.All, parameter => parameter.Name == "actor.0.norm.gain");
        using var step = Step.Begin();
        var (observation, normals) = (Tensor.From([1], 1, 1), Tensor.From([0.3f, -0.2f], 1, 2));
        var random = new Randomness(4);
        float[] Actions((Tensor Actions, Tensor LogProbability) sample)
        {
            var values = new float[2];
            sample.Actions.CopyTo(values);
            return values;
        }
        var kept = Actions(actor.Sample(observation, normals));

        Assert.Equal(kept, Actions(actor.Sample(observation, normals)));
        Assert.NotEqual(kept, Actions(actor.SampleWithDropout(observation, normals, ref random)));
        Assert.Equal(1UL, random.Counter);
    }

    [Fact]
    public void Act_Sampling_HasTheFrequenciesOfTheSquashedGaussian()
    {
        var actor = Make();
        Set(actor, [0.3f, 0, MathF.Log(0.5f), -20]);
        var (above, random) = (0, new Randomness(1));
        const int Count = 20_000;
        var actions = new ActionBatch(Spec.Actions, Count);
        actor.Sampling.Act(new(Count, new float[Count]), PolicyMemory.None, ref random, actions);
        for (var i = 0; i < Count; i++)
        {
            if (actions.Values[2 * i] > MathF.Tanh(0.3f + 0.5f)) above++;
            Assert.Equal(5, actions.Values[2 * i + 1], 1e-4f);                            // next to no deviation
        }

        Assert.Equal(0.1587, (double)above / Count, 0.0105);                              // one deviation above the mean; 4 standard errors
    }

    [Fact]
    public void Sample_LogProbability_IsThatOfTheActions()
    {
        var actor = Make();
        using var step = Step.Begin();
        var observations = Tensor.From([0.3f, -2], 2, 1);
        var (actions, logPi) = actor.Sample(observations, Tensor.From([0.1f, -1, 0.5f, 1.2f], 2, 2));
        var (mean, logDeviation) = actor.Forward(observations);
        var (got, wanted) = (new float[2], new float[2]);
        logPi.CopyTo(got);
        TanhGaussian.LogProbability(mean, logDeviation, actions).CopyTo(wanted);

        for (var i = 0; i < 2; i++) Assert.Equal(wanted[i], got[i], 1e-4f);
    }

    [Fact]
    public void Forward_LogDeviation_IsHeldWithinItsBounds()
    {
        var actor = Make();
        Set(actor, [0, 0, 100, -100]);
        using var step = Step.Begin();
        var deviations = new float[2];
        actor.Forward(Tensor.From([0], 1, 1)).LogDeviation.CopyTo(deviations);

        Assert.Equal([2f, -20f], deviations);
    }

    private static SquashedActor Make(ActorForm? form = null, int[]? hidden = null)
    {
        var random = new Randomness(3);
        return new(Spec, hidden ?? [8], Activation.Relu, ref random, form: form);
    }

    /// <summary>Outputs that do not depend on the observation.</summary>
    private static void Set(SquashedActor actor, float[] outputs)
    {
        foreach (var block in actor.Parameters.Blocks) block.Values.Span.Clear();
        outputs.CopyTo(actor.Parameters.Blocks[^1].Values.Span);
    }
}
