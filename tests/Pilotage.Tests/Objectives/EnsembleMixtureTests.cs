using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class EnsembleMixtureTests
{
    [Fact]
    public void Draw_ManyTimes_IsConvexAndEvenOnAverage()
    {
        var random = new Randomness(3);
        var (weights, sums) = (new float[4], new double[4]);
        for (var i = 0; i < 2000; i++)
        {
            EnsembleMixture.Draw(weights, ref random);
            Assert.All(weights, weight => Assert.InRange(weight, 0, 1));
            Assert.Equal(1, weights.Sum(), 1e-5f);
            for (var k = 0; k < 4; k++) sums[k] += weights[k] / 2000;
        }
        Assert.All(sums, mean => Assert.Equal(0.25, mean, 0.015));
    }

    [Fact]
    public void Mix_EqualHeads_GivesThatHeadWhateverTheMixture()
    {
        var random = new Randomness(5);
        var (weights, mixed) = (new float[200], new float[3]);
        EnsembleMixture.Draw(weights, ref random);
        using var step = Step.Begin();
        EnsembleMixture.Mix(Tensor.From([2, -1, 0.5f], 1, 3, 1).Expand(1, 3, 200), weights).CopyTo(mixed);
        Assert.Equal(2, mixed[0], 1e-5f);
        Assert.Equal(-1, mixed[1], 1e-5f);
        Assert.Equal(0.5f, mixed[2], 1e-5f);
    }

    [Fact]
    public void Mix_WorkedExample_WeighsEachHead()
    {
        var mixed = new float[2];
        using var step = Step.Begin();
        EnsembleMixture.Mix(Tensor.From([1, 5, 2, -2], 1, 2, 2), [0.75f, 0.25f]).CopyTo(mixed);
        Assert.Equal([2, 1], mixed);
    }

    [Fact]
    public void Mix_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(3, -3, 3, new Shape(5, 3, 7));
        var random = new Randomness(9);
        var weights = new float[7];
        EnsembleMixture.Draw(weights, ref random);
        Oracle.Check(() => EnsembleMixture.Mix(inputs[0], weights), inputs.Parameters);
    }
}
