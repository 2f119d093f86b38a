using Pilotage.Search;

namespace Pilotage.Tests.Search;

/// <summary>Three players choose one of two in turn; what the eight ends pay is drawn from a seed. Each wants its own return to be high, and no two ends pay a player the same.</summary>
internal struct ThreePlayers(ulong seed) : IPosition<ThreePlayers>
{
    private readonly ulong _seed = seed;
    private int _moves = 0, _path = 0;

    public readonly int Players => 3;

    public readonly int ActionLimit => 2;

    public readonly int Player => _moves;

    public readonly bool IsOver => _moves == 3;

    public readonly int ListLegal(Span<int> actions)
    {
        (actions[0], actions[1]) = (0, 1);
        return 2;
    }

    public void Play(int action, ref Randomness random) => (_moves, _path) = (_moves + 1, 2 * _path + action);

    public readonly void Score(Span<double> returns)
    {
        var random = new SeedTree(_seed).Start();
        foreach (ref var value in returns) value = (_path * (2 * random.NextInt(4) + 1) + random.NextInt(8)) % 8 / 7.0;      // an odd factor: a permutation
    }

    public readonly void CopyTo(ref ThreePlayers other) => other = this;

    /// <summary>The returns when everybody maximises its own, and the first action.</summary>
    public readonly (int Action, double[] Returns) Best()
    {
        var (best, returns, unused) = (-1, new double[3], default(Randomness));
        if (IsOver)
        {
            Score(returns);
            return (-1, returns);
        }
        for (var action = 0; action < 2; action++)
        {
            var next = this;
            next.Play(action, ref unused);
            var reached = next.Best().Returns;
            if (best >= 0 && reached[Player] <= returns[Player]) continue;
            (best, returns) = (action, reached);
        }
        return (best, returns);
    }
}
