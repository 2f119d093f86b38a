using Pilotage.Algorithms.Tabular;

namespace Pilotage.Tests.Algorithms.Tabular;

/// <summary>Processes whose solution is known in closed form, and random ones.</summary>
internal static class FiniteMdps
{
    /// <summary>The two states of <see cref="TwoStates"/>, without its time limit.</summary>
    public static FiniteMdp TwoStates()
    {
        var builder = new FiniteMdpBuilder(2, 2);
        for (var s = 0; s < 2; s++)
            for (var a = 0; a < 2; a++) builder.Add(s, a, a == 1 ? 1 - s : s, 1, Tabular.TwoStates.Rewards[s, a]);
        return builder.Build();
    }

    /// <summary>States 0 to n: action 0 goes on, action 1 stays. The step into state n pays 1 and ends. V(s) = gamma^(n - 1 - s).</summary>
    public static FiniteMdp Chain(int n)
    {
        var builder = new FiniteMdpBuilder(n + 1, 2);
        for (var s = 0; s < n; s++) builder.Add(s, 0, s + 1, 1, s == n - 1 ? 1 : 0).Add(s, 1, s, 1, 0);
        return builder.End(n).Build();
    }

    /// <summary>A square of cells; four directions, walls hold back, each step costs 1, the last cell ends. V = minus the distance in steps.</summary>
    public static FiniteMdp Grid(int side)
    {
        var builder = new FiniteMdpBuilder(side * side, 4);
        for (var cell = 0; cell < side * side - 1; cell++)
            for (var direction = 0; direction < 4; direction++)
            {
                var (row, column) = (cell / side, cell % side);
                var next = direction switch
                {
                    0 => Math.Max(row - 1, 0) * side + column,
                    1 => Math.Min(row + 1, side - 1) * side + column,
                    2 => row * side + Math.Max(column - 1, 0),
                    _ => row * side + Math.Min(column + 1, side - 1),
                };
                builder.Add(cell, direction, next, 1, -1);
            }
        return builder.End(side * side - 1).Build();
    }

    /// <summary>The gambler of Sutton and Barto, example 4.3: stakes 1 to min(s, 100 - s), heads with probability p wins the stake, 100 wins the game.</summary>
    public static FiniteMdp Gambler(double heads)
    {
        var builder = new FiniteMdpBuilder(101, 51);
        for (var capital = 1; capital < 100; capital++)
            for (var stake = 1; stake <= Math.Min(capital, 100 - capital); stake++)
                builder.Add(capital, stake, capital + stake, heads, capital + stake == 100 ? 1 : 0).Add(capital, stake, capital - stake, 1 - heads, 0);
        return builder.End(0).End(100).Build();
    }

    /// <summary>Random transitions and rewards; some actions are illegal, the last state ends.</summary>
    public static FiniteMdp Random(int states, int actions, SeedTree seeds)
    {
        var random = seeds.Start();
        var builder = new FiniteMdpBuilder(states, actions).End(states - 1);
        for (var s = 0; s < states - 1; s++)
            for (var a = 0; a < actions; a++)
            {
                if (a > 0 && random.NextInt(3) == 0) continue;
                var (first, second, p) = (random.NextInt(states), random.NextInt(states), random.NextUniform(0.1, 0.9));
                builder.Add(s, a, first, p, random.NextNormal()).Add(s, a, second, 1 - p, random.NextNormal());
            }
        return builder.Build();
    }
}
