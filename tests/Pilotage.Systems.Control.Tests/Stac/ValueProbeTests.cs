using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Systems.Control.Stac;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Stac;

public sealed class ValueProbeTests
{
    [Fact]
    public void Errors_ThreeSteps_AreValuesLessSoftReturnsByHand()
    {
        // gamma 0.5, alpha 2: G2 = 3 + 0.5 · 8 = 7, V2 = 7 - 2 · 0.5 = 6; G1 = 2 + 3 = 5, V1 = 5 + 2 · 1 = 7; G0 = 1 + 3.5 = 4.5.
        ValueProbe.Visit[] visits = [new(5, 0.25, 1), new(5, -1, 2), new(5, 0.5, 3)];

        Assert.Equal((0.5 + 0 - 2, 3), ValueProbe.Errors(visits, rest: 8, counted: 3, discount: 0.5, temperature: 2));
        Assert.Equal((0.5, 1), ValueProbe.Errors(visits, rest: 8, counted: 1, discount: 0.5, temperature: 2));
        Assert.Equal((0.5, 1), ValueProbe.Errors(visits, rest: 8, counted: 0, discount: 0.5, temperature: 2));       // one state counts always
    }

    [Fact]
    public void Measure_TerminatedEpisodes_CountWholeAndBootstrapNothing()
    {
        // Values 10 everywhere; the truth is 1 + 0.5 + 0.25, 1 + 0.5 and 1.
        var error = new ValueProbe(Rows<ThreeSteps>, 5, discount: 0.5).Measure(new Constant<ThreeSteps>(10, temperature: 0), SeedTree.Root(1));

        Assert.Equal(10 - (1.75 + 1.5 + 1) / 3, error, 1e-6);
    }

    [Fact]
    public void Measure_TruncatedEpisodes_CountTheirFirstHalfAndGoOnAtTheLimit()
    {
        // Always the same value c, no reward but noise of mean 0: the error of the first two of four states is c (1 - gamma^4) and c (1 - gamma^3), and the noise cancels out over many rows.
        var error = new ValueProbe(Rows<Coins>, 4000, discount: 0.5).Measure(new Constant<Coins>(8, temperature: 0), SeedTree.Root(1));

        Assert.Equal(8 * (1 - 1 / 16.0 + 1 - 1 / 8.0) / 2, error, 4 * 1.2 / Math.Sqrt(4000));
    }

    [Fact]
    public void Measure_SameSeeds_GivesTheSame()
    {
        double Measure(int seed) => new ValueProbe(Rows<Coins>, 3, 0.9).Measure(new Constant<Coins>(1, temperature: 0.3), SeedTree.Root(seed));

        Assert.Equal(Measure(1), Measure(1));
        Assert.NotEqual(Measure(1), Measure(2));
    }

    private static VectorEnvironment<T> Rows<T>(int rows, SeedTree seeds) where T : struct, IEnvironment => new VectorEnvironment<T>(new T[rows], seeds);

    private sealed class Constant<T> : ISoftCritic where T : IEnvironment
    {
        private readonly float _value;

        public Constant(float value, double temperature)
        {
            var random = new Randomness(1);
            (_value, Temperature, Actor) = (value, temperature, new(T.Describe(), [4], Activation.Relu, ref random));
        }

        public SquashedActor Actor { get; }

        public double Temperature { get; }

        public void Estimate(ReadOnlySpan<float> observations, ReadOnlySpan<float> unitActions, Span<float> values) => values.Fill(_value);
    }
}
