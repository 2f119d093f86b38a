using Pilotage.Distributions;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Distributions;

public sealed class MultiDiscreteTests
{
    private static readonly int[] Uneven = [2, 4, 1, 3];
    private static readonly int[] Even = [3, 3];

    // Two rows of ten: in the first all is legal, in the second each choice of several has lost one.
    private static readonly bool[] Legal = [.. Enumerable.Repeat(true, 10), false, true, true, true, false, true, true, true, true, false];

    [Theory]
    [InlineData(6, 0)]
    [InlineData(7, 2)]
    public void Mode_NumbersThatDoNotDivide_SaysSo(int numbers, int choices) => Assert.StartsWith(
        $"MultiDiscrete: {numbers} numbers do not divide among {choices} choices.",
        Assert.Throws<ArgumentException>(() => MultiDiscrete.Mode(new float[numbers], new int[choices])).Message);

    [Fact]
    public void Normalize_UnevenChoices_IsEachChoicesOwnCategorical()
    {
        using var step = Step.Begin();
        var logits = Tensor.From([.. Frequencies.Normals(1, 20)], 2, 10);
        var logPi = MultiDiscrete.Normalize(logits, Uneven, Mask.From(Legal, 2, 10));

        Assert.Equal(new Shape(2, 4, 4), logPi.Shape);
        var (first, entropy) = (0, new float[2]);
        for (var choice = 0; choice < 4; first += Uneven[choice++])
        {
            var legal = Enumerable.Range(0, 2 * Uneven[choice]).Select(i => Legal[i / Uneven[choice] * 10 + first + i % Uneven[choice]]).ToArray();
            var alone = Categorical.Normalize(logits.Slice(1, first, Uneven[choice]), Mask.From(legal, 2, Uneven[choice]));
            Assert.Equal(Backends.Values(alone), Backends.Values(logPi.Slice(1, choice, 1).Slice(2, 0, Uneven[choice])));
            Assert.All(Backends.Values(logPi.Slice(1, choice, 1).Slice(2, Uneven[choice], 4 - Uneven[choice]).Exp()), p => Assert.Equal(0, p));
            var part = Backends.Values(Categorical.Entropy(alone));
            for (var row = 0; row < 2; row++) entropy[row] += part[row];
        }
        foreach (var (sum, whole) in entropy.Zip(Backends.Values(MultiDiscrete.Entropy(logPi)))) Assert.Equal(sum, whole, 1e-5f);
    }

    [Fact]
    public void LogProbability_OverAllJointActions_SumsToOne()
    {
        using var step = Step.Begin();
        int[][] joint = [.. from a in Enumerable.Range(0, 2) from b in Enumerable.Range(0, 4) from d in Enumerable.Range(0, 3) select new[] { a, b, 0, d }];
        float[] logits = [.. Frequencies.Normals(2, 10)];
        var repeated = Tensor.From(logits, 1, 10) + Tensor.Filled(0, joint.Length, 1);
        var logPi = MultiDiscrete.LogProbability(MultiDiscrete.Normalize(repeated, Uneven), Indices.From([.. joint.SelectMany(x => x)], joint.Length, 4));

        Assert.Equal(new Shape(joint.Length), logPi.Shape);
        Assert.Equal(1, logPi.Exp().Sum().Item(), 1e-5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Functions_Batch_AgreeWithTheReference(bool even)
    {
        var counts = even ? Even : Uneven;
        var sum = counts.Sum();
        var inputs = new OracleInputs(3, new Shape(2, sum), new Shape(2, sum));
        var legal = even ? [.. Enumerable.Range(0, 12).Select(i => i % 5 != 0)] : Legal;
        int[] actions = even ? [1, 0, 2, 1] : [0, 3, 0, 2, 1, 2, 0, 0];
        Tensor LogPi(int input) => MultiDiscrete.Normalize(inputs[input], counts, Mask.From(legal, 2, sum));

        Oracle.Check(() => MultiDiscrete.LogProbability(LogPi(0), Indices.From(actions, 2, counts.Length)), inputs.Parameters);
        Oracle.Check(() => MultiDiscrete.Entropy(LogPi(0)), inputs.Parameters);
        Oracle.Check(() => MultiDiscrete.Kl(LogPi(0), LogPi(1)), inputs.Parameters);
        Oracle.Check(() => MultiDiscrete.Normalize(inputs[0], counts).Exp(), inputs.Parameters);
        using var step = Step.Begin();
        Assert.Equal([0, 0], Backends.Values(MultiDiscrete.Kl(LogPi(0), LogPi(0))));
    }

    [Fact]
    public void Sample_ManyDraws_FollowsTheJointProbabilities()
    {
        float[] probabilities = [0.25f, 0.75f, 0, 0.5f, 0.2f, 0.3f];
        var (counts, actions) = (new int[6], new int[2]);
        var uniforms = Frequencies.Uniforms(5, 40_000);
        for (var i = 0; i < 20_000; i++)
        {
            MultiDiscrete.Sample(probabilities, uniforms.AsSpan(2 * i, 2), actions);
            counts[actions[0] * 3 + actions[1]]++;
        }
        Frequencies.AssertFollow([0.125, 0.05, 0.075, 0.375, 0.15, 0.225], counts);
    }

    [Fact]
    public void Mode_EachChoice_IsItsMostProbable()
    {
        var actions = new int[2];
        MultiDiscrete.Mode([-1, -0.5f, float.MinValue, -3, -2, -1], actions);
        Assert.Equal([1, 2], actions);
    }

    [Fact]
    public void Normalize_WrongShapes_AreNamed()
    {
        using var step = Step.Begin();
        var error = Assert.Throws<ArgumentException>(() => MultiDiscrete.Normalize(Tensor.Filled(0, 2, 9), Uneven));
        Assert.StartsWith("MultiDiscrete: logits [2, 9], mask none do not fit; wanted [rows, 10] for 4 choices.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Normalize_ChoiceWithoutALegalAction_IsRefused()
    {
        using var step = Step.Begin();
        Assert.Throws<ArgumentException>(() => MultiDiscrete.Normalize(Tensor.Filled(0, 1, 6), Even, Mask.From([true, true, true, false, false, false], 1, 6)));
    }
}
