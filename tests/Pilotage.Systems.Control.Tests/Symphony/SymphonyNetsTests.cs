using Pilotage.Environments;
using Pilotage.Systems.Control.Symphony;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Symphony;

public class SymphonyNetsTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Toy", ObservationSize = 3, Actions = new ActionSpace.Box([-1, -2], [1, 4]) };

    private static SymphonyNets Nets(int hidden = 8, ulong seed = 1)
    {
        var random = new Randomness(seed);
        return new(Spec, hidden, ref random, null);
    }

    [Fact]
    public void RankWeights_OfThePaper_FavourTheLowest()
    {
        var weights = SymphonyNets.RankWeights(384);
        Assert.Equal(0.00348464, weights[0], 1e-8);
        Assert.Equal(7.389e-9, weights[^1], 1e-12);
        Assert.Equal(1, weights.Sum(weight => (double)weight), 1e-6);
    }

    [Fact]
    public void Value_EqualValues_IsThatValue()
    {
        using var step = Step.Begin();
        var value = Nets().Value(Tensor.Filled(3.25f, 2, 6));
        Assert.Equal(3.25, value.Slice(0, 1, 1).Item(), 1e-6);
    }

    [Fact]
    public void Value_OrderOfValues_DoesNotMatterAndTheLowestWeighsMost()
    {
        var nets = Nets();
        var weights = SymphonyNets.RankWeights(6);
        using var step = Step.Begin();
        var values = new float[2];
        nets.Value(Tensor.From([3, 1, 2, 6, 5, 4, 6, 5, 4, 3, 2, 1], 2, 6)).CopyTo(values);
        Assert.Equal(values[0], values[1]);
        Assert.Equal(weights.Index().Sum(rank => rank.Item * (rank.Index + 1)), values[0], 1e-5);
        Assert.True(values[0] < 3.5);
    }

    [Fact]
    public void Value_Gradient_GoesToEachValueByItsRank()
    {
        var inputs = new OracleInputs(3, new Shape(1, 6));
        float[] values = [3, 1, 2, 6, 5, 4];
        values.CopyTo(inputs.Parameters.All[0].Values);
        var nets = Nets();
        using (Step.Begin()) new Sgd(inputs.Parameters, 1e-9).Descend(nets.Value(Tensor.Of(inputs.Parameters.All[0])).Sum());
        var weights = SymphonyNets.RankWeights(6);
        for (var i = 0; i < 6; i++) Assert.Equal(weights[(int)values[i] - 1], inputs.Parameters.All[0].Gradient[i], 1e-6);
    }

    [Fact]
    public void Values_AllCritics_StandSideBySide()
    {
        // Three critics of two values each: with the weights of one critic changed, only its two columns change.
        var nets = Nets();
        var (before, after) = (Told(nets), Array.Empty<float>());
        var last = nets.Parameters.All.Single(parameter => parameter.Name == "critics.2.bias");
        last.Values[2] += 1;                                             // the second critic's first value
        after = Told(nets);
        for (var i = 0; i < 12; i++) Assert.Equal(i % 6 == 2 ? before[i] + 1 : before[i], after[i], 1e-5);

        static float[] Told(SymphonyNets nets)
        {
            using var step = Step.Begin();
            var values = new float[12];
            nets.Values(Tensor.From([0.1f, -0.4f, 0.7f, 1, 2, 3], 2, 3), Tensor.From([0.5f, -0.5f, 0.1f, 0.2f], 2, 2)).CopyTo(values);
            return values;
        }
    }

    [Fact]
    public void Values_SomeKept_SameValuesAndGradientOfThoseAlone()
    {
        var nets = Nets();
        bool[] kept = [true, false, true, false, false, true];
        var bias = nets.Parameters.All.Single(parameter => parameter.Name == "critics.2.bias");
        float[] free = new float[6], masked = new float[6];
        using (Step.Begin())
        {
            Values(nets, default).CopyTo(free);
            var values = Values(nets, Mask.From(kept, 1, 6));
            values.CopyTo(masked);
            new Sgd(nets.Parameters, 1e-9).Descend(values.Sum());
        }
        Assert.Equal(free, masked);                                       // bit for bit
        Assert.Equal(kept.Select(one => one ? 1f : 0f), bias.Gradient.ToArray());

        static Tensor Values(SymphonyNets nets, Mask kept) => nets.Values(Tensor.From([0.1f, -0.4f, 0.7f], 1, 3), Tensor.From([0.5f, -0.5f], 1, 2), kept);
    }

    [Fact]
    public void Networks_ValueOfTheActorsAction_AgreesWithTheReference()
    {
        var nets = Nets(4);
        float[] observations = [0.1f, -0.4f, 0.7f, 1.1f, -0.2f, 0.3f];
        Oracle.Check(
            () =>
            {
                var seen = Tensor.From(observations, 2, 3);
                var (drive, scale, beta) = nets.Actor.Forward(seen);
                return nets.Value(nets.Values(seen, drive.Tanh())).Sum() + SymphonyObjectives.Swaddle(scale, beta);
            },
            nets.Parameters);
    }
}
