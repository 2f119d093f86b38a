using Pilotage.Algorithms.Tabular;
using Xunit;

namespace Pilotage.Tests.Algorithms.Tabular;

public class FiniteHorizonTests
{
    // A die that may be thrown again; keeping the face ends. State 0 has thrown nothing, 7 is the end. Action 0 throws, 1 keeps.
    private static FiniteMdp Die()
    {
        var builder = new FiniteMdpBuilder(8, 2).End(7);
        for (var s = 0; s < 7; s++)
        {
            for (var face = 1; face <= 6; face++) builder.Add(s, 0, face, 1 / 6.0, 0);
            if (s > 0) builder.Add(s, 1, 7, 1, s);
        }
        return builder.Build();
    }

    [Fact]
    public void Solve_DieThrownUpToThreeTimes_GivesTheKnownValuesAndThresholds()
    {
        var solution = FiniteHorizon.Solve(Die(), horizon: 4);
        // From the last throw backwards: 3.5; keep 4 and more: 4.25; keep 5 and more: 14/3. The last step keeps.
        Assert.Equal([14 / 3.0, 4.25, 3.5], new[] { 0, 1, 2 }.Select(t => solution.Values(t)[0]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, -1], solution.Actions(1).ToArray());
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, -1], solution.Actions(2).ToArray());
        Assert.Equal(1, solution.Actions(3)[1]);
    }

    [Fact]
    public void Solve_RandomProcesses_EqualsTheWholeTree()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var mdp = FiniteMdps.Random(6, 3, SeedTree.Root(seed));
            double[] final = [1, -2, 3, 0.5, -1, 99];                    // the last state ends: its 99 must not count
            var solution = FiniteHorizon.Solve(mdp, 4, 0.8, final);
            for (var s = 0; s < 6; s++) Assert.Equal(Tree(mdp, s, 4, final), solution.Values(0)[s], 1e-12);
        }

        static double Tree(FiniteMdp mdp, int state, int left, double[] final)
        {
            if (mdp.IsTerminal(state)) return 0;
            if (left == 0) return final[state];
            var best = double.NegativeInfinity;
            for (var a = 0; a < mdp.Actions; a++)
            {
                if (!mdp.IsLegal(state, a)) continue;
                var value = mdp.Reward(state, a);
                for (var i = 0; i < mdp.Successors(state, a).Length; i++)
                    value += 0.8 * mdp.Probabilities(state, a)[i] * Tree(mdp, mdp.Successors(state, a)[i], left - 1, final);
                best = Math.Max(best, value);
            }
            return best;
        }
    }

    [Fact]
    public void Solve_LongHorizon_ComesToTheStationaryValues()
    {
        var mdp = FiniteMdps.Random(10, 3, SeedTree.Root(4));
        Assert.Equal(PolicyIteration.Solve(mdp, 0.8).Values, FiniteHorizon.Solve(mdp, 200, 0.8).Values(0).ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Solve_NoSteps_GivesTheFinalValues() => Assert.Equal(5, FiniteHorizon.Solve(FiniteMdps.TwoStates(), 0, 1, [5, 6]).Values(0)[0]);
}
