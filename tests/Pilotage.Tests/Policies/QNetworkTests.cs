using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class QNetworkTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Line", ObservationSize = 2, Actions = new ActionSpace.Discrete(3, Masked: true) };

    [Fact]
    public void Forward_Dueling_IsTheWorkedExample()
    {
        var network = Make([], isDueling: true);
        Set(network, "state.0.weight", 2, 0);
        Set(network, "state.0.bias", 1);
        Set(network, "advantage.0.weight", 1, 3, 5, 0, 0, 0);
        Set(network, "advantage.0.bias", 0, 0, 3);

        var values = new float[3];
        network.Values([2, 9], values);

        // V = 2 · 2 + 1 = 5; A = (2, 6, 13), their mean 7.
        Assert.Equal([5f - 5, 5 - 1, 5 + 6], values);
    }

    [Fact]
    public void Forward_DuelingWithQuantiles_SubtractsTheMeanOfEachQuantile()
    {
        var network = Make([8, 8], isDueling: true, quantiles: 4);
        using var step = Step.Begin();
        var quantiles = network.ForwardQuantiles(Tensor.From([0.3f, -2, 1, 0.5f], 2, 2));
        var (all, means) = (new float[24], new float[6]);
        quantiles.CopyTo(all);
        network.Forward(Tensor.From([0.3f, -2, 1, 0.5f], 2, 2)).CopyTo(means);

        Assert.Equal(new Shape(2, 3, 4), quantiles.Shape);
        for (var i = 0; i < 6; i++) Assert.Equal(all.AsSpan(4 * i, 4).ToArray().Average(), means[i], 1e-6f);
    }

    [Fact]
    public void Forward_Dueling_HasAGradientInEveryPart()
    {
        var network = Make([8, 8], isDueling: true);
        Oracle.Check(() => network.Forward(Tensor.From([0.3f, -2, 1, 0.5f], 2, 2)), network.Parameters);

        Assert.Equal(["advantage", "shared", "state"], network.Weights.Select(block => block.Name.Split('.')[0]).Distinct().Order());
        Assert.All(network.Weights.Where(block => block.Name.EndsWith("weight", StringComparison.Ordinal)), block => Assert.True(Gradient(network, block.Name) > 0, block.Name));
    }

    [Fact]
    public void Act_Quantiles_TakesTheBestLegalMean()
    {
        var network = Make([], quantiles: 2);
        Set(network, "q.0.weight", new float[12]);
        Set(network, "q.0.bias", 0, 10, 6, 6, 1, 1);                                      // means 5, 6, 1
        var actions = new ActionBatch(Spec.Actions, 2);
        var random = new Randomness(1);
        network.Act(new(2, [0, 0, 0, 0], [true, true, true, true, false, true]), PolicyMemory.None, ref random, actions);

        Assert.Equal([1, 0], actions.Indices.ToArray());
    }

    private static QNetwork Make(IReadOnlyList<int> hidden, bool isDueling = false, int quantiles = 1)
    {
        var random = new Randomness(3);
        return new(Spec, hidden, Activation.Tanh, ref random, device: null, isDueling, quantiles);
    }

    private static void Set(QNetwork network, string name, params float[] values) => values.CopyTo(network.Weights.Single(block => block.Name == name).Values.Span);

    private static double Gradient(QNetwork network, string name)
    {
        var sum = 0.0;
        foreach (var slope in network.Parameters.All.Single(parameter => parameter.Name == name).Gradient) sum += Math.Abs(slope);
        return sum;
    }
}
