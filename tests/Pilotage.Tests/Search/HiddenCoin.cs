using Pilotage.Search;

namespace Pilotage.Tests.Search;

/// <summary>One player and a hidden coin: take 0.6 at once (action 0), or guess (1) and then name a side (0 or 1), which pays 1 if right. Guessing is worth a half.</summary>
/// <remarks>A search that looks at one coin at a time thinks that it will know the side when it must name it, and guesses: the strategy fusion that information sets avoid.</remarks>
internal struct HiddenCoin(int side) : IPosition<HiddenCoin>
{
    private int _side = side, _stage = 0;
    private double _return = 0;

    public readonly int Players => 1;

    public readonly int ActionLimit => 2;

    public readonly int Player => 0;

    public readonly bool IsOver => _stage == 2;

    public readonly int ListLegal(Span<int> actions)
    {
        (actions[0], actions[1]) = (0, 1);
        return 2;
    }

    public void Play(int action, ref Randomness random)
    {
        if (_stage == 0) (_stage, _return) = action == 0 ? (2, 0.6) : (1, 0);
        else (_stage, _return) = (2, action == _side ? 1 : 0);
    }

    public readonly void Score(Span<double> returns) => returns[0] = _return;

    public readonly void CopyTo(ref HiddenCoin other) => other = this;

    internal sealed class Toss : IDeterminization<HiddenCoin>
    {
        public void Sample(in HiddenCoin position, int observer, ref HiddenCoin sample, ref Randomness random)
        {
            sample = position;
            sample._side = random.NextInt(2);
        }
    }
}
